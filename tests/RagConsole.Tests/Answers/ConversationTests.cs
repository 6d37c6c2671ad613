using System.Diagnostics;
using System.Text.Json;
using Jina.Testing;
using Microsoft.AspNetCore.Http;

namespace RagConsole.Tests.Answers;

public sealed class ConversationTests : IDisposable
{
    private readonly WeatherDocs _docs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Each_turn_contains_its_own_passages_and_the_earlier_turns()
    {
        await using var server = await StartAsync(rewritten: "When is the bearing of the anemometer oiled?");

        var run = await ChatAsync(server.Address, "When is the funnel emptied?\n\nAnd the bearing?\n");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^Every morning \[1\]\.\n  \[1\] /\S*/rain\.md:1-3\n", run.Output);
        Assert.Contains("Searched for: When is the bearing of the anemometer oiled?\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
        var rewrite = Messages(server.Requests[1]);
        Assert.Equal(["system", "user", "assistant", "user"], rewrite.Select(message => message.Role));
        Assert.Equal("And the bearing?", rewrite[3].Text);
        var second = Messages(server.Requests[2]);
        Assert.Equal(["system", "user", "assistant", "user"], second.Select(message => message.Role));
        Assert.Equal("When is the funnel emptied?", second[1].Text);
        Assert.Equal("Every morning [1].", second[2].Text);
        Assert.StartsWith("[1] wind.txt\n", second[3].Text, StringComparison.Ordinal);
        Assert.EndsWith("Question: And the bearing?", second[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_output_is_one_object_per_line()
    {
        await using var server = await StartAsync(rewritten: "How long does a battery last?");

        var run = await ChatAsync(server.Address, "When is the funnel emptied?\nHow long does a battery last?\n", "--json");

        var turns = run.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            ["When is the funnel emptied?", "How long does a battery last?"],
            turns.Select(turn => turn.GetProperty("question").GetString()));
        Assert.Equal("more/battery.markdown", turns[1].GetProperty("sources")[0].GetProperty("file").GetString());
        Assert.All(turns, turn => Assert.Equal("Every morning [1].", turn.GetProperty("answer").GetString()));
    }

    [Fact]
    public async Task Without_a_chat_model_the_turns_are_passages_and_the_reason_is_shown()
    {
        var run = await ChatAsync(null, "When is the funnel emptied?\nHow many winters does a lithium battery last in a warm room?\n");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("1. 0.", run.Output, StringComparison.Ordinal);
        Assert.Contains("rain.md:1-3\n   # Rain\n   Empty the funnel", run.Output, StringComparison.Ordinal);
        Assert.Contains("more/battery.markdown:1-1\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("A chat model is not configured, so you get passages instead of answers.", run.Error, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How do I clean the rain gauge?", "How often?", "rain-gauge.md")]
    [InlineData("How do I wash the plates of the radiation shield?", "How often?", "temperature-and-humidity.md")]
    [InlineData("How do I calibrate the rain gauge?", "How do I wash the plates of the radiation shield?", "temperature-and-humidity.md")]
    public async Task Without_a_chat_model_a_question_is_searched_alone_and_after_the_previous_one(
        string first, string second, string file)
    {
        // Without a database, the program searches the corpus of the sample.
        var run = await RagProcess.RunAsync(["chat", "--model", "demo", "--json"], input: $"{first}\n{second}\n");

        using var json = JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[1]);
        Assert.Equal(
            [second, $"{first}\n{second}"],
            json.RootElement.GetProperty("searchedFor").EnumerateArray().Select(wording => wording.GetString()));
        var sources = json.RootElement.GetProperty("sources").EnumerateArray();
        Assert.Contains(file, sources.Select(source => source.GetProperty("file").GetString()));
    }

    [Fact]
    public async Task Citations_of_passages_that_do_not_exist_are_reported()
    {
        var stream = ChatStream.Create("Daily [1], see [", "7] and [2, 1].");
        await using var server = await ChatServer.StartAsync(200, stream, "text/event-stream");

        var text = await ChatAsync(server.Address, "When is the funnel emptied?\n");
        var run = await ChatAsync(server.Address, "When is the funnel emptied?\n", "--json");

        Assert.Contains("warning: The answer cites [7], but the passages have the numbers 1 to 1.\n", text.Error, StringComparison.Ordinal);
        Assert.Contains("warning: The answer cites [2], but the passages have the numbers 1 to 1.\n", text.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(["7", "2"], json.RootElement.GetProperty("missingCitations").EnumerateArray().Select(number => number.GetString()));
    }

    [Fact]
    public async Task Ctrl_C_cancels_the_answer_and_keeps_the_conversation()
    {
        await using var server = await StartAsync(rewritten: "When?", waitAfterFirstPart: true);

        await InterruptAsync(server.Address, async process =>
        {
            await CancelAnswerAsync(process);
            Assert.False(process.HasExited);

            await process.StandardInput.WriteLineAsync("And then?");
            await ReadUntilAsync(process.StandardError, "Searched for: When?");
            process.StandardInput.Close();
        }, exitCode: 0);

        var last = Messages(server.Requests[^1]);
        Assert.Equal(["system", "user", "assistant", "user"], last.Select(message => message.Role));
        Assert.Equal(("When is the funnel emptied?", "Every "), (last[1].Text, last[2].Text));
    }

    [Fact]
    public Task Ctrl_C_at_the_prompt_ends_the_program() =>
        InterruptAsync(null, async process =>
        {
            await process.StandardInput.WriteLineAsync("When is the funnel emptied?");
            await ReadUntilAsync(process.StandardOutput, "1. ");
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
            await SendInterruptAsync(process);
        }, exitCode: 130);

    [Fact]
    public async Task A_second_Ctrl_C_ends_the_program()
    {
        await using var server = await StartAsync(rewritten: "When?", waitAfterFirstPart: true);

        await InterruptAsync(server.Address, async process =>
        {
            await CancelAnswerAsync(process);
            await SendInterruptAsync(process);
        }, exitCode: 130);
    }

    public void Dispose()
    {
        _docs.Dispose();
        _folder.Dispose();
    }

    /// <summary>Starts a server that rewrites questions and answers in two parts. It can stop after the first part of all.</summary>
    private static Task<ChatServer> StartAsync(string rewritten, bool waitAfterFirstPart = false)
    {
        var answers = 0;
        return ChatServer.StartStreamingAsync(async (request, response) =>
        {
            if (request.Contains("Rewrite the last question", StringComparison.Ordinal))
            {
                await response.WriteAsync(ChatStream.Create(rewritten));
                return;
            }

            var stream = ChatStream.Create("Every ", "morning [1].");
            var end = stream.IndexOf("\n\n", StringComparison.Ordinal) + 2;
            await response.WriteAsync(stream[..end]);
            await response.Body.FlushAsync();
            if (waitAfterFirstPart && answers++ == 0)
            {
                await Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);
            }

            await response.WriteAsync(stream[end..]);
        });
    }

    /// <summary>Asks a question, and cancels its answer after the first letter.</summary>
    private static async Task CancelAnswerAsync(Process process)
    {
        await process.StandardInput.WriteLineAsync("When is the funnel emptied?");
        Assert.Equal('E', process.StandardOutput.Read());
        await SendInterruptAsync(process);
        await ReadUntilAsync(process.StandardError, "The answer was canceled. The conversation goes on.");
    }

    private static async Task SendInterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task ReadUntilAsync(StreamReader reader, string text)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The output ended without '{text}'.");
    }

    private async Task InterruptAsync(string? address, Func<Process, Task> act, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process on Windows.");
        var database = await IngestAsync();
        using var process = RagProcess.Start(["chat", "--db", database], _folder, chatAddress: address);
        await act(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(exitCode, process.ExitCode);
    }

    private async Task<RagProcess> ChatAsync(string? address, string input, params string[] more)
    {
        var database = await IngestAsync();
        return await RagProcess.RunAsync(["chat", "--db", database, "--top", "1", .. more], chatAddress: address, input: input);
    }

    /// <summary>Creates the database, and returns its path.</summary>
    private async Task<string> IngestAsync()
    {
        var database = _folder.File("rag.db");
        var ingest = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", database, "--model", "demo"]);
        Assert.Equal(0, ingest.ExitCode);
        return database;
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
