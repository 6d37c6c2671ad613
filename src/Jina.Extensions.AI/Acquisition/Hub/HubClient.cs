using System.Net;
using System.Net.Http.Headers;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Calls the public HTTP interface of the hub: <c>{endpoint}/{repository}/resolve/{revision}/{file}</c>.</summary>
/// <remarks>The client follows redirects itself, because the token must be sent only to the hub while files are on other hosts.</remarks>
internal sealed class HubClient : IDisposable
{
    private const int MaxRedirects = 10;

    private readonly HubEndpoint _endpoint;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly TimeSpan _answerTimeout;
    private readonly HttpClient _http;

    /// <param name="endpoint">The address of the hub.</param>
    /// <param name="token">The access token, or <see langword="null"/>.</param>
    /// <param name="answerTimeout">The longest time until a response begins, redirects included.</param>
    public HubClient(string endpoint, string? token, TimeSpan answerTimeout)
    {
        _endpoint = HubEndpoint.Parse(endpoint);
        _authorization = HubEndpoint.CreateAuthorization(token);
        _answerTimeout = answerTimeout;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = answerTimeout,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("jina-embeddings-dotnet", "1"));

        // Sizes, ranges and hashes are those of the file itself, so it must not be compressed for the transfer.
        _http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>Gets the hub's host and port, for logs.</summary>
    public string Host => _endpoint.Host;

    /// <summary>
    /// Gets a value indicating whether any server has responded. Until then, a failed connection does not count as transient.
    /// </summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Returns the hub's description of a file, or <see langword="null"/> if the repository does not have the file.</summary>
    public async Task<RemoteFile?> DescribeAsync(string repository, string revision, string path, CancellationToken cancellationToken)
    {
        var file = new RemoteFile(path, null, null, null);
        using var answer = await SendAsync(HttpMethod.Head, _endpoint.FileUri(repository, revision, path), 0, hop =>
        {
            file = file.With(hop);
            return file is { Size: not null, Digest: not null };
        }, cancellationToken).ConfigureAwait(false);
        if (!_endpoint.IsSameOrigin(answer.RequestMessage!.RequestUri!))
        {
            // A mirror that sends too little redirected to its content store. The store's ETags mean other things, and it can reject HEAD.
            file = answer.IsSuccessStatusCode ? file with { Size = file.Size ?? answer.Content.Headers.ContentLength } : file;
            return file.ThrowIfTooLarge();
        }

        if (answer.StatusCode == HttpStatusCode.NotFound && HubResponse.SaysOnlyFileIsMissing(answer))
        {
            return null;
        }

        HubResponse.ThrowIfRejected(answer, redirectIsFine: true);
        return file.ThrowIfTooLarge();
    }

    /// <summary>Opens a file from an offset. The server can ignore the offset, or have no bytes there (416).</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        string repository, string commit, string path, long offset, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            HttpMethod.Get, _endpoint.FileUri(repository, commit, path), offset, _ => false, cancellationToken).ConfigureAwait(false);
        try
        {
            if (answer.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                HubResponse.ThrowIfRejected(answer, redirectIsFine: false);
            }

            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Follows redirects until a response of the hub itself is enough, or until a response is not a redirect.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri uri, long offset, Func<HttpResponseMessage, bool> isEnough, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_answerTimeout);
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            _endpoint.ThrowIfUnsafe(uri);
            var fromHub = _endpoint.IsSameOrigin(uri);
            using var request = new HttpRequestMessage(method, uri);
            request.Headers.Authorization = fromHub ? _authorization : null;
            request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, null) : null;
            var answer = await SendOnceAsync(request, limit.Token, cancellationToken).ConfigureAwait(false);
            var redirected = answer.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
            var enough = fromHub && answer.StatusCode < HttpStatusCode.BadRequest && isEnough(answer);
            if (!redirected || enough)
            {
                return answer;
            }

            var next = answer.Headers.Location;
            answer.Dispose();
            uri = next is not null && Uri.TryCreate(uri, next, out var target)
                ? target
                : throw new HubException($"{uri.Authority} redirects without a valid target (Location).");
        }

        throw new HubException(
            $"{uri.Authority} is the last of more than {MaxRedirects} redirects. A mirror or proxy redirects in a circle.");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpRequestMessage request, CancellationToken limit, CancellationToken cancellationToken)
    {
        var host = request.RequestUri!.Authority;
        try
        {
            var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit).ConfigureAwait(false);
            HasAnswered = true;
            return answer;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubException($"{host} did not respond within {_answerTimeout.TotalSeconds:0.#} seconds.", exception)
            {
                IsTransient = true,
                IsUnreachable = true,
            };
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError
            is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new HubException($"{host} sent an invalid response: {exception.Message.TrimEnd('.')}.", exception)
            {
                IsTransient = true,
                IsUnreachable = true,
            };
        }
        catch (HttpRequestException exception)
        {
            throw new HubException($"{host} could not be reached: {exception.Message.TrimEnd('.')}.", exception)
            {
                IsTransient = true,
                IsUnreachable = true,
            };
        }
    }
}
