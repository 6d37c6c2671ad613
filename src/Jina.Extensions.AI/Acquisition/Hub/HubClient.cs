using System.Net;
using System.Net.Http.Headers;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Speaks the public HTTP interface of the hub: <c>{endpoint}/{repository}/resolve/{revision}/{file}</c>.</summary>
/// <remarks>Follows redirects itself, because the token must stay with the hub while content lies on other hosts.</remarks>
internal sealed class HubClient : IDisposable
{
    private const int MaxRedirects = 10;

    private readonly HubEndpoint _endpoint;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly TimeSpan _answerTimeout;
    private readonly HttpClient _http;

    public HubClient(StoreSettings settings)
    {
        _endpoint = HubEndpoint.Parse(settings.Endpoint);
        _authorization = HubEndpoint.Authorization(settings.Token);
        _answerTimeout = settings.Limits.Answer;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = settings.Limits.Answer,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("jina-embeddings-dotnet", "1"));

        // Sizes, ranges and hashes are those of the file itself, so nothing may compress it on the way.
        _http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>Gets the hub's host and port, fit for logs.</summary>
    public string Host => _endpoint.Host;

    /// <summary>Gets whether any server has answered anything: until then, a failed connection is no passing trouble.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Asks what the hub has under a path of ours; null where the repository has no such file.</summary>
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
            // A mirror that says too little led us to its content store. Its ETags mean other things, and it may refuse HEAD.
            return answer.IsSuccessStatusCode ? file with { Size = file.Size ?? answer.Content.Headers.ContentLength } : file;
        }

        if (answer.StatusCode == HttpStatusCode.NotFound && HubAnswer.SaysOnlyFileIsMissing(answer))
        {
            return null;
        }

        HubAnswer.ThrowIfRefused(answer, redirectIsFine: true);
        return file;
    }

    /// <summary>Opens the content of a file from an offset on; the server may ignore the offset, or have nothing there (416).</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        string repository, string commit, string path, long offset, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            HttpMethod.Get, _endpoint.FileUri(repository, commit, path), offset, _ => false, cancellationToken).ConfigureAwait(false);
        try
        {
            if (answer.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                HubAnswer.ThrowIfRefused(answer, redirectIsFine: false);
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

    /// <summary>Follows redirects until one stop is enough, which only answers of the hub itself are asked for.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri uri, long offset, Func<HttpResponseMessage, bool> isEnough, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            _endpoint.ThrowIfUnsafe(uri);
            var fromHub = _endpoint.IsSameOrigin(uri);
            using var request = new HttpRequestMessage(method, uri);
            request.Headers.Authorization = fromHub ? _authorization : null;
            request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, null) : null;
            var answer = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
            var redirected = answer.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
            var enough = fromHub && answer.StatusCode < HttpStatusCode.BadRequest && isEnough(answer);
            if (!redirected || enough)
            {
                return answer;
            }

            var next = answer.Headers.Location;
            answer.Dispose();
            uri = next is null ? throw new HubException($"{uri.Authority} redirects without saying where to.") : new Uri(uri, next);
        }

        throw new HubException($"{uri.Authority} is the end of more than {MaxRedirects} redirects; a mirror or proxy sends them in a circle.");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = request.RequestUri!.Authority;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_answerTimeout);
        try
        {
            var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            HasAnswered = true;
            return answer;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubException($"{host} did not answer within {_answerTimeout.TotalSeconds:0.#} seconds.", exception)
            {
                IsTransient = true,
                IsUnreachable = true,
            };
        }
        catch (HttpRequestException exception)
        {
            throw new HubException($"{host} could not be reached: {exception.Message.TrimEnd('.')}.", exception) { IsTransient = true, IsUnreachable = true };
        }
    }
}
