using System.Text.Json;
using Jina.Testing;

namespace RagConsole.Tests.Answers;

public sealed class ChatTests : IDisposable
{
    private static readonly string Stream = ChatStream.Create("Every ", "morning [1].");

    private readonly WeatherDocs _docs = new();

    [Fact]
    public async Task The_chat_model_writes_an_answer_from_the_passages()
    {
        await using var server = await ChatServer.StartAsync(200, Stream, "text/event-stream");

        var run = await AskAsync(server.Address);

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("Every morning [1].\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("[1] rain.md\\n# Rain\\n\\nEmpty the funnel", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_output_contains_the_answer()
    {
        await using var server = await ChatServer.StartAsync(200, Stream, "text/event-stream");

        using var json = JsonDocument.Parse((await AskAsync(server.Address, "--json")).Output);

        Assert.Equal("Every morning [1].", json.RootElement.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task A_failing_chat_server_adds_one_warning_and_keeps_the_passages()
    {
        await using var server = await ChatServer.StartAsync(401, """{"error":{"message":"no such key"}}""");

        var run = await AskAsync(server.Address);

        AssertPassagesAndOneWarning(run, "no such key");
    }

    [Fact]
    public async Task A_missing_chat_server_adds_one_warning_and_keeps_the_passages()
    {
        await using var server = await ChatServer.StartAsync(200, string.Empty, "text/plain");
        await server.DisposeAsync();

        var run = await AskAsync(server.Address);

        AssertPassagesAndOneWarning(run, "127.0.0.1");
    }

    [Fact]
    public async Task An_invalid_address_is_an_error()
    {
        var run = await AskAsync("localhost");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: OPENAI_BASE_URL is 'localhost';", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _docs.Dispose();

    private Task<RagProcess> AskAsync(string address, params string[] more) =>
        RagProcess.RunAsync(["ask", "When is the funnel emptied?", "--docs", _docs.Path, .. more], chatAddress: address);

    private static void AssertPassagesAndOneWarning(RagProcess run, string cause)
    {
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("rain.md:1-3", run.Output, StringComparison.Ordinal);
        var lines = run.Error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("warning: The chat model did not answer: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(cause, lines[1], StringComparison.Ordinal);
    }
}
