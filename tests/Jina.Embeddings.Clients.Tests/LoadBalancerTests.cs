using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LoadBalancer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Tests the load balancer in <c>deploy/yarp</c> with its configuration and servers that fail.</summary>
public sealed class LoadBalancerTests : IAsyncDisposable
{
    private const string NoServer = "http://127.0.0.1:1";

    private readonly List<IAsyncDisposable> _started = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(null)]
    public async Task A_request_that_fails_is_sent_to_another_server(HttpStatusCode? status)
    {
        var requests = 0;
        Task<bool> FailFirst(HttpContext context) => Interlocked.Increment(ref requests) > 1
            ? UnreliableServer.Never(context)
            : status is null ? UnreliableServer.ResetAsync(context) : UnreliableServer.RejectAsync(context);
        var (one, two) = (await StartAsync(FailFirst), await StartAsync(FailFirst));
        using var client = await StartBalancerAsync(one.Address, two.Address, NoServer);
        string[] texts = [.. Enumerable.Range(0, 100).Select(number => $"{number}{new string(' ', 5000)}")];

        using var response = await client.PostAsJsonAsync("/v1/embeddings", new { input = texts }, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(texts.Length, answer.GetProperty("data").GetArrayLength());
        Assert.Equal((1, 1), (one.Requests, two.Requests));
    }

    [Fact]
    public async Task If_all_servers_are_busy_the_client_gets_the_answer_of_the_last_one()
    {
        var busy = await StartAsync(context => UnreliableServer.RejectAsync(context, retryAfter: "7"));
        using var client = await StartBalancerAsync(busy.Address, busy.Address, busy.Address);

        using var response = await client.PostAsJsonAsync("/v1/embeddings", new { input = "rain" }, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(["7"], response.Headers.GetValues("Retry-After"));
        Assert.Contains("The queue is full.", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(3, busy.Requests);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_rejected_and_no_server_gets_it()
    {
        var server = await StartAsync(UnreliableServer.Never);
        using var client = await StartBalancerAsync(server.Address, NoServer, NoServer);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/embeddings")
        {
            Content = new ByteArrayContent(new byte[Balancer.MaxBodySize + 1]),
        };
        request.Headers.ExpectContinue = true;

        using var response = await client.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, 0), (response.StatusCode, server.Requests));
    }

    [Fact]
    public async Task Without_servers_a_request_fails_with_502_or_503()
    {
        using var client = await StartBalancerAsync(NoServer, NoServer, NoServer);

        for (var request = 0; request < 3; request++)
        {
            using var response = await client.PostAsJsonAsync("/v1/embeddings", new { input = "rain" }, Token);

            Assert.True(response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable, $"{response.StatusCode}");
        }
    }

    [Fact]
    public async Task A_rejected_request_is_not_repeated()
    {
        var (one, two) = (await StartAsync(UnreliableServer.Never), await StartAsync(UnreliableServer.Never));
        using var client = await StartBalancerAsync(one.Address, two.Address, NoServer);

        using var response = await client.PostAsJsonAsync("/v1/embeddings", new { input = "rain", dimensions = 1536 }, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("1536", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(1, one.Requests + two.Requests);
    }

    [Fact]
    public async Task The_metrics_of_servers_are_hidden()
    {
        var server = await StartAsync(UnreliableServer.Never);
        using var client = await StartBalancerAsync(server.Address, server.Address, NoServer);

        foreach (var path in (string[])["metrics", "Metrics/", "/metrics"])
        {
            using var response = await client.GetAsync(new Uri($"{client.BaseAddress}{path}"), Token);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        Assert.Equal(0, server.Requests);
        using var models = await client.GetAsync(new Uri("/v1/models", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, models.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _started)
        {
            await app.DisposeAsync();
        }
    }

    private async Task<UnreliableServer> StartAsync(Func<HttpContext, Task<bool>> fail)
    {
        var server = await UnreliableServer.StartAsync(fail);
        _started.Add(server);
        return server;
    }

    /// <summary>Starts the load balancer with its configuration, except for the addresses, and returns a client of it.</summary>
    private async Task<HttpClient> StartBalancerAsync(string one, string two, string three)
    {
        const string Servers = "--ReverseProxy:Clusters:servers:Destinations";
        WebApplication balancer = Balancer.Create(
        [
            "--Urls=http://127.0.0.1:0", "--Logging:Console:LogLevel:Default=None",
            $"{Servers}:one:Address={one}", $"{Servers}:two:Address={two}", $"{Servers}:three:Address={three}",
        ]);
        _started.Add(balancer);
        await balancer.StartAsync(Token);
        return new HttpClient { BaseAddress = new Uri(balancer.Urls.Single()) };
    }
}
