using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using OpenAI;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs the client with retries of docs/swap.md with servers that fail.</summary>
public sealed class ResilientClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_client_waits_as_long_as_a_busy_server_says()
    {
        var requests = 0;
        await using var server = await UnreliableServer.StartAsync(
            context => ++requests == 1 ? UnreliableServer.RejectAsync(context, retryAfter: "1") : UnreliableServer.Never(context));

        // Without the header, the pause would be longer than all attempts together may take.
        await using var client = Client(server.Address, retry => retry.Delay = TimeSpan.FromHours(1));

        await AssertEmbedsAsync(client);
        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_is_repeated_after_its_connection_is_closed(bool hasStartedResponse)
    {
        Func<HttpContext, Task<bool>> fail = hasStartedResponse ? UnreliableServer.BreakOffAsync : UnreliableServer.ResetAsync;
        var requests = 0;
        await using var server = await UnreliableServer.StartAsync(
            context => ++requests == 1 ? fail(context) : UnreliableServer.Never(context));
        await using var client = Client(server.Address, WithoutPause);

        await AssertEmbedsAsync(client);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_request_waits_for_a_server_that_starts_later()
    {
        var address = UnusedAddress();
        UnreliableServer? server = null;
        await using var client = Client(address, retry =>
        {
            WithoutPause(retry);
            retry.OnRetry = async _ => server ??= await UnreliableServer.StartAsync(UnreliableServer.Never, address);
        });

        await AssertEmbedsAsync(client);

        Assert.Equal(1, server!.Requests);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_rejected_request_is_not_repeated()
    {
        await using var server = await UnreliableServer.StartAsync(UnreliableServer.Never);
        await using var client = Client(server.Address, WithoutPause);
        var options = new EmbeddingGenerationOptions { Dimensions = 1536 };

        var error = await Assert.ThrowsAsync<ClientResultException>(() => Generator(client).GenerateAsync(["rain"], options, Token));

        Assert.Equal(400, error.Status);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_request_that_always_fails_is_sent_four_times()
    {
        await using var server = await UnreliableServer.StartAsync(context => UnreliableServer.RejectAsync(context));
        await using var client = Client(server.Address, WithoutPause);

        var error = await Assert.ThrowsAsync<ClientResultException>(() => Generator(client).GenerateAsync(["rain"], null, Token));

        Assert.Equal(503, error.Status);
        Assert.Contains("The queue is full.", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests);
    }

    private static ServiceProvider Client(string address, Action<HttpRetryStrategyOptions> configureRetry)
    {
        var services = new ServiceCollection();
        var (balancer, key) = (address, "unused");

        var http = services.AddHttpClient("embeddings", client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        http.AddStandardResilienceHandler(resilience =>
        {
            resilience.AttemptTimeout.Timeout = TimeSpan.FromSeconds(60);
            resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(120);
            resilience.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(5);
        });
        http.AddHttpMessageHandler(() => new WholeResponseHandler());
        services.AddEmbeddingGenerator(provider =>
        {
            var options = new OpenAIClientOptions
            {
                Endpoint = new Uri($"{balancer}/v1"),      // http://127.0.0.1:8080/v1
                Transport = new HttpClientPipelineTransport(provider.GetRequiredService<IHttpClientFactory>().CreateClient("embeddings")),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
            };
            return new EmbeddingClient("any-name", new ApiKeyCredential(key), options).AsIEmbeddingGenerator();
        });

        services.ConfigureAll<HttpStandardResilienceOptions>(options => configureRetry(options.Retry));
        return services.BuildServiceProvider();
    }

    private static void WithoutPause(HttpRetryStrategyOptions retry) => retry.Delay = TimeSpan.Zero;

    private static IEmbeddingGenerator<string, Embedding<float>> Generator(ServiceProvider client) =>
        client.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

    private static async Task AssertEmbedsAsync(ServiceProvider client)
    {
        var embeddings = await Generator(client).GenerateAsync(["rain", "snow"], cancellationToken: Token);

        Assert.Equal([256, 256], embeddings.Select(embedding => embedding.Vector.Length));
    }

    private static string UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }
}
