using System.Net;
using System.Net.Sockets;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Tests.Acquisition.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

/// <summary>Tests a hub that does not have the requested model, or that cannot be reached.</summary>
public class MissingOnHubTests
{
    [Fact]
    public async Task A_missing_repository_is_an_error_that_suggests_a_similar_name()
    {
        await using var fixture = await HubFixture.StartAsync();
        var error = await Assert.ThrowsAsync<JinaModelException>(() => fixture.Store().ResolveAsync(
            JinaEmbeddingModel.FromHub("jinaai/jina-embeding-s-en-v1"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("the repository does not exist, or it is private", error.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean jina-embedding-s-en-v1?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_revision_is_an_error()
    {
        await using var fixture = await HubFixture.StartAsync();
        var model = JinaEmbeddingModel.FromHub("org/model", "v9");
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => fixture.Store().ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("the repository does not have this revision", error.Message, StringComparison.Ordinal);
        Assert.Contains("'jina-embeddings pull org/model --revision v9 --cache-dir", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_of_another_kind_is_an_error_that_names_the_missing_files()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.Files = [.. fixture.Hub.Files.Where(file => !file.IsLarge)];
        var error = await fixture.FailAsync();
        Assert.Contains("lacks spiece.model, model.safetensors or pytorch_model.bin;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_an_error_without_a_retry()
    {
        await using var fixture = await HubFixture.StartAsync();
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();

        // A retry would take hours.
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
    public async Task A_hub_that_does_not_respond_is_an_error_after_the_reach_timeout()
    {
        await using var fixture = await HubFixture.StartAsync();
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var error = await fixture.FailAsync(options =>
        {
            options.Endpoint = $"http://{socket.LocalEndpoint}";
            options.ReachTimeout = TimeSpan.FromMilliseconds(200);
        });
        Assert.Contains("no usable response within 0.2 seconds", error.Message, StringComparison.Ordinal);
    }
}
