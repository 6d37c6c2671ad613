namespace Jina.Embeddings.Clients.Tests;

/// <summary>Reads the whole response, so that the handlers around this one can repeat the request if the response breaks off.</summary>
internal sealed class WholeResponseHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
