using System.Net;
using System.Net.Sockets;
using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Tests.Acquisition.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

/// <summary>A hub that has not what was asked for, or is not there at all.</summary>
public class RefusalTests
{
    [Fact]
    public async Task A_repository_that_does_not_exist_is_told_with_the_name_that_may_have_been_meant()
    {
        await using var fixture = await HubFixture.StartAsync();
        var error = await Assert.ThrowsAsync<JinaModelException>(() => fixture.Store().ResolveAsync(
            JinaEmbeddingModel.FromHub("jinaai/jina-embeding-s-en-v1"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("there is no such repository, or it is private", error.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean jina-embedding-s-en-v1?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_that_does_not_exist_is_told()
    {
        await using var fixture = await HubFixture.StartAsync();
        var model = JinaEmbeddingModel.FromHub("org/model", "v9");
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.Store().ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("the repository has no such revision", error.Message, StringComparison.Ordinal);
        Assert.Contains("'jina-embeddings pull org/model --revision v9 --cache-dir", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_of_another_kind_is_told_by_what_it_lacks()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.Files = [.. fixture.Hub.Files.Where(file => !file.IsLarge)];
        var error = await fixture.FailAsync();
        Assert.Contains("lacks spiece.model, model.safetensors or pytorch_model.bin;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_refuses_connections_is_given_up_at_once()
    {
        await using var fixture = await HubFixture.StartAsync();
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();

        // Were it tried again, this would take hours.
        var error = await fixture.FailAsync(options =>
        {
            options.Endpoint = $"http://127.0.0.1:{port}";
            options.ReachTimeout = TimeSpan.FromDays(1);
            options.Limits = new TransferLimits { RetryDelay = TimeSpan.FromHours(1), LongestDelay = TimeSpan.FromHours(1) };
        });
        Assert.Contains($"127.0.0.1:{port} could not be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains("set HF_ENDPOINT to a mirror", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_accepts_and_says_nothing_is_given_up_after_the_reach_timeout()
    {
        await using var fixture = await HubFixture.StartAsync();
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var error = await fixture.FailAsync(options =>
        {
            options.Endpoint = $"http://{socket.LocalEndpoint}";
            options.ReachTimeout = TimeSpan.FromMilliseconds(200);
        });
        Assert.Contains("no usable answer within 0.2 seconds", error.Message, StringComparison.Ordinal);
    }
}
