using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Tests <c>pull</c> with a local hub that serves the demo model.</summary>
public sealed class PullTests : IAsyncLifetime
{
    private readonly TemporaryFolder _cache = new();
    private LocalHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await LocalHub.StartAsync();
        _hub.Files = HubFile.Of(Tool.DemoModel);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _cache.Dispose();
    }

    [Fact]
    public async Task The_last_line_on_stdout_is_the_model_directory()
    {
        var result = await RunAsync("pull", "org/model");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(_cache.File("models", "org", "model", LocalHub.Commit), result.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(Tool.DemoModel, "model.safetensors")),
            File.ReadAllBytes(_cache.File("models", "org", "model", LocalHub.Commit, "model.safetensors")));
    }

    [Fact]
    public async Task A_damaged_file_with_unchanged_size_and_time_is_downloaded_again()
    {
        await RunAsync("pull", "org/model");
        var weights = _cache.File("models", "org", "model", LocalHub.Commit, "model.safetensors");
        var (time, content) = (
            File.GetLastWriteTimeUtc(weights), await File.ReadAllBytesAsync(weights, TestContext.Current.CancellationToken));
        await File.WriteAllBytesAsync(weights, new byte[content.Length], TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(weights, time);

        var result = await RunAsync("pull", "org/model");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(content, await File.ReadAllBytesAsync(weights, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_model_on_the_hub_is_downloaded_without_pull()
    {
        var result = await RunAsync("similarity", "wind", "wind", "--json", "--model", "org/model");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\"similarity\":[[1,", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_named_with_its_revision()
    {
        _hub.Branch = "v1.0";
        var pulled = await RunAsync("pull", "org/model@v1.0");
        var info = await RunAsync("info", "--model", "org/model@v1.0", "--json");
        var other = await RunAsync("info", "--model", "org/model");
        var twice = await RunAsync("pull", "org/model@v1.0", "--revision", "v2");

        Assert.Equal((0, ""), (pulled.ExitCode, pulled.Error));
        Assert.Equal(pulled.Output.Trim(), info.Json()[0].GetProperty("folder").GetString());
        other.AssertFailed(1, "The cache has org/model@v1.0. Use a name from this list.");
        twice.AssertFailed(2, "already has a revision, which differs from 'v2'");
        Assert.Equal(0, (await RunAsync("pull", "org/model@v1.0", "--revision", "v1.0")).ExitCode);
    }

    [Fact]
    public async Task The_cache_is_listed_and_pruned()
    {
        Directory.CreateDirectory(_cache.File("models", "org", "other", "incomplete"));
        File.WriteAllText(_cache.File("models", "org", "other", "incomplete", "part"), "12345");
        await RunAsync("pull", "org/model");

        var listed = await RunAsync("pull", "--list");
        var pruned = await RunAsync("pull", "--prune");
        var left = await RunAsync("pull", "--list");

        Assert.Contains($"org/model\t{LocalHub.Commit}\t", listed.Output, StringComparison.Ordinal);
        Assert.Contains("org/other\t-\t5\tincomplete\t", listed.Output, StringComparison.Ordinal);
        Assert.Contains("Removed 1 in", pruned.Error, StringComparison.Ordinal);
        Assert.Single(left.Output.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("pull")]
    [InlineData("pull", "org/model", "--list")]
    [InlineData("pull", "--list", "--prune")]
    [InlineData("pull", "jina-embedding-x-en-v1")]
    public async Task Wrong_usage_is_reported_in_one_line(params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("jina-embeddings: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_model_that_cannot_be_downloaded_is_reported_with_the_command_to_run()
    {
        var result = await Tool.RunAsync(
            new Dictionary<string, string> { ["JINA_EMBEDDINGS_CACHE"] = _cache.Path, ["HF_HUB_OFFLINE"] = "1" },
            "pull",
            "jina-embedding-s-en-v1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("run 'jina-embeddings pull jina-embedding-s-en-v1'", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_cache_is_in_the_home_folder_even_if_that_does_not_exist()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows reads its folders from the registry.");

        var result = await Tool.RunAsync(
            new Dictionary<string, string> { ["HOME"] = "/nonexistent", ["XDG_CACHE_HOME"] = "", ["JINA_EMBEDDINGS_CACHE"] = "" },
            "pull",
            "--list");

        Assert.StartsWith("Found 0 in /nonexistent/", result.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(
        new Dictionary<string, string>
        {
            ["JINA_EMBEDDINGS_CACHE"] = _cache.Path,
            ["HF_ENDPOINT"] = _hub.HubAddress,
            ["HF_HUB_OFFLINE"] = "0",
            ["HF_HUB_CACHE"] = _cache.File("none"),
        },
        arguments);
}
