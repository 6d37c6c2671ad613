using System.Text.Json;
using Jina.Testing;
using ModelContextProtocol;

namespace RagConsole.Tests.Mcp;

/// <summary>Tests the life of an MCP server over stdio.</summary>
public sealed class StdioTests
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"""
        + """ "clientInfo":{"name":"t","version":"1"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stdout_has_only_the_protocol_and_the_end_of_stdin_ends_the_server()
    {
        using var cache = new TemporaryFolder();
        using var docs = new WeatherDocs();
        using var server = RagProcess.Start(["mcp", docs.Path, "--model", "demo", "--db", cache.File("rag.db")], cache);
        var error = server.StandardError.ReadToEndAsync(Token);
        await server.StandardInput.WriteLineAsync("this is not JSON");
        await server.StandardInput.WriteLineAsync(Initialize);
        var answer = JsonDocument.Parse((await server.StandardOutput.ReadLineAsync(Token))!);

        // A client that is killed closes the pipe without a message.
        server.StandardInput.Close();
        await server.WaitForExitAsync(Token);

        Assert.Equal("jina-rag", answer.RootElement.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Equal("", await server.StandardOutput.ReadToEndAsync(Token));
        Assert.DoesNotContain("   at ", await error, StringComparison.Ordinal);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task The_index_of_folders_is_in_the_application_data_of_the_user_and_stays_usable()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "XDG_DATA_HOME is a variable of Linux.");
        using var cache = new TemporaryFolder();
        using var docs = new WeatherDocs();
        using var other = new WeatherDocs();
        string[] extra = [.. Enumerable.Range(1, 120).Select(number => $"day-{number:000}.txt")];
        extra.ToList().ForEach(name => File.WriteAllText(Path.Combine(other.Path, name), $"Rain on {name}."));
        await using (var client = await McpServers.StartStdioAsync(cache, docs.Path, other.Path))
        {
            await client.WaitAsync();
            var (_, best) = await client.CallAsync("search", ("query", "anemometer"), ("collection", Path.GetFileName(docs.Path)));
            var file = best.GetProperty("results")[0].GetProperty("file").GetString();
            var (text, _) = await client.CallAsync("read", ("file", file));
            var error = await client.FailAsync("read", ("file", "wind.txt"));

            Assert.Equal(Path.Combine(docs.Path, "wind.txt"), file);
            Assert.Contains("twice a year", text, StringComparison.Ordinal);
            Assert.Contains("2 files have the name 'wind.txt'. Use one of: ", error, StringComparison.Ordinal);
        }

        await using (var again = await McpServers.StartStdioAsync(cache, other.Path, docs.Path))
        {
            var status = await again.WaitAsync();
            var resources = await again.ListResourcesAsync(cancellationToken: Token);
            Assert.Equal(2, status.GetProperty("collections").GetArrayLength());
            Assert.Equal(126, resources.Select(resource => resource.Uri).Distinct().Count());
        }

        var database = Assert.Single(Directory.GetFiles(cache.File("jina-rag"), "*.db"));
        using var third = new WeatherDocs();
        await using var failing = await McpServers.StartStdioAsync(
            cache, third.Path, "--db", database, "--collection", Path.GetFileName(docs.Path));
        await failing.WaitAsync("failed");
        var (found, _) = await failing.CallAsync("search", ("query", "anemometer"));
        Assert.Contains("wind.txt", found, StringComparison.Ordinal);
        Assert.Contains("The index is no longer updated: The collection ", found, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(docs.Path, "*.db"));
    }

    [Fact]
    public async Task Progress_is_reported_and_a_canceled_call_leaves_the_server_usable()
    {
        using var cache = new TemporaryFolder();
        using var docs = new TemporaryFolder();
        var days = Enumerable.Range(1, 20_000).Select(day => $"It rained on day {day} too.\n\n");
        File.WriteAllText(docs.File("large.txt"), string.Concat(days));
        await using var client = await McpServers.StartStdioAsync(cache, docs.Path);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var progress = new CancelingProgress(cancel);

        // Nothing is found until the first file is complete.
        var arguments = new Dictionary<string, object?> { ["query"] = "rain" };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await client.CallToolAsync("search", arguments, progress, cancellationToken: cancel.Token));

        var (text, _) = await client.CallAsync("status");
        Assert.Contains(progress.Message, new[] { "The embedding model is being loaded.", "The first files are being indexed." });
        Assert.StartsWith("State: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_an_error_that_the_client_sees()
    {
        using var cache = new TemporaryFolder();
        await using var client = await McpServers.StartStdioAsync(cache, "--model", "jina-embedding-b-en-v1");

        var error = await client.FailAsync("search", ("query", "rain"));
        var (text, _) = await client.CallAsync("status");

        Assert.Contains("jina-embedding-b-en-v1", error, StringComparison.Ordinal);
        Assert.StartsWith("State: failed.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The folder", "none")]
    [InlineData("The database", "--db", "none.db")]
    [InlineData("--collection names one folder", "--collection", "name")]
    [InlineData("--http expects a port", "--http", "seven")]
    public async Task An_invalid_command_line_is_reported_as_one_line(string message, params string[] args)
    {
        var result = await RagProcess.RunAsync(["mcp", .. args]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(message, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    /// <summary>Cancels a call at its first message.</summary>
    private sealed class CancelingProgress(CancellationTokenSource cancel) : IProgress<ProgressNotificationValue>
    {
        public string? Message { get; private set; }

        public void Report(ProgressNotificationValue value)
        {
            Message = value.Message;
            cancel.Cancel();
        }
    }
}
