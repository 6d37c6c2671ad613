using System.Text;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Runs a real server on the loopback address, by default with the demo model.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestServer(WebApplication application)
    {
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _application.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="configure">The delegate that sets the endpoint's options.</param>
    /// <param name="builder">The delegate that configures the application. If it registers a model, the demo model is not used.</param>
    /// <param name="map">The delegate that maps the endpoint. If <see langword="null"/>, the default path is used.</param>
    public static async Task<TestServer> StartAsync(
        Action<JinaEmbeddingEndpointOptions>? configure = null,
        Action<WebApplicationBuilder>? builder = null,
        Action<WebApplication>? map = null)
    {
        var web = WebApplication.CreateSlimBuilder();
        web.Logging.ClearProviders();
        web.WebHost.UseUrls("http://127.0.0.1:0");
        builder?.Invoke(web);
        if (web.Services.All(service => service.ServiceType != typeof(JinaEmbeddingGenerator)))
        {
            web.Services.AddJinaEmbeddings(DemoModel.Model);
        }

        if (configure is not null)
        {
            web.Services.AddJinaEmbeddingEndpoint(configure);
        }

        var application = web.Build();
        (map ?? (app => app.MapJinaEmbeddings()))(application);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new TestServer(application);
    }

    /// <summary>Posts a body to the embeddings route.</summary>
    public Task<Answer> PostAsync(string json) => PostAsync(Encoding.UTF8.GetBytes(json));

    /// <summary>Posts a body with a header to the embeddings route.</summary>
    public Task<Answer> PostAsync(string json, string header, string value) => PostAsync(Encoding.UTF8.GetBytes(json), header, value);

    /// <inheritdoc cref="PostAsync(string)"/>
    public Task<Answer> PostAsync(byte[] body) => PostToAsync("/v1/embeddings", body);

    /// <inheritdoc cref="PostAsync(string, string, string)"/>
    public async Task<Answer> PostAsync(byte[] body, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/embeddings");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        if (!request.Headers.TryAddWithoutValidation(header, value))
        {
            request.Content.Headers.TryAddWithoutValidation(header, value);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Posts a body to a path.</summary>
    public Task<Answer> PostToAsync(string path, string json, string mediaType = "application/json") =>
        PostToAsync(path, Encoding.UTF8.GetBytes(json), mediaType);

    /// <inheritdoc cref="PostToAsync(string, string, string)"/>
    public async Task<Answer> PostToAsync(string path, byte[] body, string mediaType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(mediaType);
        using var response = await Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Gets a path.</summary>
    public async Task<Answer> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Stops the server like a host does: running requests are completed.</summary>
    public Task StopAsync() => _application.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
