using System.Text.Json;
using Jina.Testing;
using Microsoft.AspNetCore.Http;

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
        Assert.EndsWith("\nAnswer:\nEvery morning [1].\n", run.Output, StringComparison.Ordinal);
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
    public async Task The_chat_model_orders_the_passages_before_it_answers()
    {
        await using var server = await ChatServer.StartStreamingAsync((request, response) => response.WriteAsync(
            request.Contains("Order the numbered passages", StringComparison.Ordinal) ? ChatStream.Create("2, ", "1") : Stream));

        var plain = await AskAsync(server.Address, "--json", "--top", "2");
        var reranked = await AskAsync(server.Address, "--json", "--top", "1", "--rerank");

        Assert.Equal(0, reranked.ExitCode);
        using var before = JsonDocument.Parse(plain.Output);
        using var after = JsonDocument.Parse(reranked.Output);
        var source = Assert.Single(after.RootElement.GetProperty("sources").EnumerateArray());
        Assert.Equal(
            before.RootElement.GetProperty("sources")[1].GetProperty("file").GetString(), source.GetProperty("file").GetString());
        Assert.Equal("Every morning [1].", after.RootElement.GetProperty("answer").GetString());
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Without_a_chat_model_passages_cannot_be_ordered()
    {
        var run = await RagProcess.RunAsync(["ask", "When is the funnel emptied?", "--docs", _docs.Path, "--rerank"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal("error: --rerank needs a chat model. Set OPENAI_API_KEY, or omit --rerank.", run.Error.TrimEnd());
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
        Assert.DoesNotContain("Answer", run.Output, StringComparison.Ordinal);
        var lines = run.Error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("warning: The chat model did not answer: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(cause, lines[1], StringComparison.Ordinal);
    }
}
