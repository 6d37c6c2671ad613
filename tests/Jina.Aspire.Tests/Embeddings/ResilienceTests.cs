using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jina.Aspire.Tests.Embeddings;

/// <summary>Tests the client with the resilience handler that the service defaults of Aspire apps add to all HTTP clients.</summary>
public sealed class ResilienceTests
{
    private const int Attempts = 4;

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":[")]
    public async Task A_request_is_repeated_if_its_connection_is_closed_before_the_end_of_the_response(string response)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var builder = ClientHost.Create(("ConnectionStrings:embeddings", $"Endpoint=http://{listener.LocalEndpoint};Model=demo-en"));
        builder.Services.ConfigureHttpClientDefaults(http =>
            http.AddStandardResilienceHandler(resilience => resilience.Retry.Delay = TimeSpan.Zero));
        builder.AddJinaEmbeddingsClient("embeddings");
        using var host = builder.Build();
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        var closed = CloseConnectionsAsync(listener, response);
        await Assert.ThrowsAnyAsync<Exception>(() => generator.GenerateAsync(["rain"], null, TestContext.Current.CancellationToken));

        await closed.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    /// <summary>Reads a request from each of the expected connections, and sends the start of a response.</summary>
    private static async Task CloseConnectionsAsync(TcpListener listener, string response)
    {
        var request = new byte[10_000];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            var stream = connection.GetStream();
            await stream.ReadAtLeastAsync(request, 1, cancellationToken: TestContext.Current.CancellationToken);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(response), TestContext.Current.CancellationToken);
        }
    }
}
