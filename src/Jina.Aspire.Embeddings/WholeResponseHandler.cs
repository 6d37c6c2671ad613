namespace Jina.Aspire.Embeddings;

/// <summary>
/// Reads the whole response, so that the resilience handlers of the app also retry a request whose response is cut off because the server
/// was killed. Without it, an attempt ends with the headers of the response.
/// </summary>
internal sealed class WholeResponseHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
