using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Clients that disconnect and servers that stop.</summary>
public sealed class LifetimeTests
{
    private const string OneText = """{"input": "x"}""";

    [Fact]
    public async Task The_texts_of_a_client_that_disconnects_leave_the_scheduler_without_an_error()
    {
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(
            options => options.MaxTokens = int.MaxValue,
            web =>
            {
                web.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
                web.Services.AddJinaEmbeddings(options => (options.Model, options.MaxThreads) = (DemoModel.Model, 1));
            });
        var pipeline = server.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var generator = pipeline.GetService<JinaEmbeddingGenerator>()!;
        await generator.WarmUpAsync(TestContext.Current.CancellationToken);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var inputs = string.Join(',', Enumerable.Repeat($"\"{Texts.Long}\"", 1500));
        using var content = new StringContent($"{{\"input\": [{inputs}]}}", null, "application/json");
        var asking = server.Client.PostAsync("/v1/embeddings", content, leaving.Token);
        await Wait.UntilAsync(() => Task.FromResult(generator.Status.ActiveRequests > 0));

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Wait.UntilAsync(() => Task.FromResult(generator.Status.ActiveRequests == 0));

        Assert.Equal(0, generator.Status.QueuedTexts);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(OneText)).Status);
        Assert.DoesNotContain(log.All, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task The_permits_of_a_client_that_disconnects_are_released()
    {
        var gate = new Gate();
        await using var server = await TestServer.StartAsync(
            options => (options.MaxConcurrentRequests, options.MaxInputs, options.MaxQueuedInputs) = (1, 1, 1),
            web => web.Services.AddJinaEmbeddings(DemoModel.Model).Use(gate.Around));
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var content = new StringContent(OneText, null, "application/json");
        var asking = server.Client.PostAsync("/v1/embeddings", content, leaving.Token);
        await gate.ArrivedAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.PostAsync(OneText)).Status);

        await leaving.CancelAsync();
        gate.Open();

        await Wait.UntilAsync(async () => (await server.PostAsync(OneText)).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stopping_server_completes_running_requests_and_rejects_new_ones()
    {
        var gate = new Gate();
        await using var server = await TestServer.StartAsync(
            builder: web => web.Services.AddJinaEmbeddings(DemoModel.Model).Use(gate.Around));
        var running = server.PostAsync(OneText);
        await gate.ArrivedAsync();

        // A host stops in this order: it sends the signal, then it stops the server, which waits for its requests.
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var late = await RawConnection.OpenAsync(server);
        await late.SendHeadAsync("Content-Length: 32\r\nConnection: close", """{"input": "x", "truncate": true}""");
        var rejected = await late.ReadToEndAsync();
        var stopped = server.StopAsync();
        gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await running).Status);
        await stopped;
        Assert.StartsWith("HTTP/1.1 503 ", rejected, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 5", rejected, StringComparison.Ordinal);
        Assert.Contains("{\"detail\":\"The server is shutting down.", rejected, StringComparison.Ordinal);
    }
}
