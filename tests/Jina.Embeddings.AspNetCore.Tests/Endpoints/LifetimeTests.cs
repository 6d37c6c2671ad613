using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Clients that leave and servers that stop.</summary>
public sealed class LifetimeTests
{
    private const string OneText = """{"input": "x"}""";

    [Fact]
    public async Task A_client_that_leaves_takes_its_texts_out_of_the_scheduler_and_is_no_error()
    {
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(
            options => options.MaxTokens = int.MaxValue,
            web =>
            {
                web.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
                web.Services.AddJinaEmbeddings(options => (options.Model, options.MaxThreads) = (DemoModel.Model, 1));
            });
        var generator = server.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetService<JinaEmbeddingGenerator>()!;
        await generator.WarmUpAsync(TestContext.Current.CancellationToken);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var content = new StringContent($"{{\"input\": [{string.Join(',', Enumerable.Repeat($"\"{Texts.Long}\"", 1500))}]}}", null, "application/json");
        var asking = server.Client.PostAsync("/v1/embeddings", content, leaving.Token);
        await Patience.UntilAsync(() => Task.FromResult(generator.Status.ActiveCalls > 0));

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Patience.UntilAsync(() => Task.FromResult(generator.Status.ActiveCalls == 0));

        Assert.Equal(0, generator.Status.QueuedTexts);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(OneText)).Status);
        Assert.DoesNotContain(log.All, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task What_a_client_that_left_had_taken_is_free_again()
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

        await Patience.UntilAsync(async () => (await server.PostAsync(OneText)).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_server_that_stops_ends_what_it_has_begun_and_refuses_what_comes()
    {
        var gate = new Gate();
        await using var server = await TestServer.StartAsync(builder: web => web.Services.AddJinaEmbeddings(DemoModel.Model).Use(gate.Around));
        var running = server.PostAsync(OneText);
        await gate.ArrivedAsync();

        // As a host stops: the signal first, then the server's own end, which waits for its requests.
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var late = await RawConnection.OpenAsync(server);
        await late.SendHeadAsync("Content-Length: 32\r\nConnection: close", """{"input": "x", "truncate": true}""");
        var refused = await late.ReadToEndAsync();
        var stopped = server.StopAsync();
        gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await running).Status);
        await stopped;
        Assert.StartsWith("HTTP/1.1 503 ", refused, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 5", refused, StringComparison.Ordinal);
        Assert.Contains("{\"detail\":\"The server is shutting down.", refused, StringComparison.Ordinal);
    }
}
