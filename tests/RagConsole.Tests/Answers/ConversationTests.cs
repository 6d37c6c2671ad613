using System.Text.Json;
using Jina.Testing;

namespace RagConsole.Tests.Answers;

public sealed class ConversationTests : IDisposable
{
    private static readonly string Stream = ChatStream.Create("Every morning [1].");

    private readonly WeatherDocs _docs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Each_turn_contains_its_own_passages_and_the_earlier_turns()
    {
        await using var server = await ChatServer.StartAsync(200, Stream, "text/event-stream");

        var run = await ChatAsync(server.Address, "When is the funnel emptied?\n\nAnd the bearing of the anemometer?\n");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Every morning [1].\n  [1] rain.md:1-3\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
        var second = Messages(server.Requests[1]);
        Assert.Equal(["system", "user", "assistant", "user"], second.Select(message => message.Role));
        Assert.Equal("When is the funnel emptied?", second[1].Text);
        Assert.Equal("Every morning [1].", second[2].Text);
        Assert.StartsWith("[1] wind.txt\n", second[3].Text, StringComparison.Ordinal);
        Assert.EndsWith("Question: And the bearing of the anemometer?", second[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_output_is_one_object_per_line()
    {
        await using var server = await ChatServer.StartAsync(200, Stream, "text/event-stream");

        var run = await ChatAsync(server.Address, "When is the funnel emptied?\nHow long does a battery last?\n", "--json");

        var turns = run.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            ["When is the funnel emptied?", "How long does a battery last?"],
            turns.Select(turn => turn.GetProperty("question").GetString()));
        Assert.Equal("more/battery.markdown", turns[1].GetProperty("sources")[0].GetProperty("file").GetString());
        Assert.All(turns, turn => Assert.Equal("Every morning [1].", turn.GetProperty("answer").GetString()));
    }

    [Fact]
    public async Task Without_a_chat_model_the_error_names_the_variables()
    {
        var run = await ChatAsync(null, "When?\n");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(
            "error: A chat model is not configured. Set OPENAI_API_KEY and, to use your own server, OPENAI_BASE_URL. "
            + "The 'ask' command works without a chat model.\n",
            run.Error,
            StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _docs.Dispose();
        _folder.Dispose();
    }

    private async Task<RagProcess> ChatAsync(string? address, string input, params string[] more)
    {
        var database = _folder.File("rag.db");
        var ingest = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", database, "--model", "demo"]);
        Assert.Equal(0, ingest.ExitCode);
        return await RagProcess.RunAsync(["chat", "--db", database, "--top", "1", .. more], chatAddress: address, input: input);
    }

    private static List<(string Role, string Text)> Messages(string request)
    {
        using var json = JsonDocument.Parse(request);
        var messages = json.RootElement.GetProperty("messages").EnumerateArray();
        return [.. messages.Select(message => (message.GetProperty("role").GetString()!, Text(message.GetProperty("content"))))];
    }

    /// <summary>Returns the text of a message, which is a string or a list of parts.</summary>
    private static string Text(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}
