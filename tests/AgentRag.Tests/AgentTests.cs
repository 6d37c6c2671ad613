using System.Text.Json;
using Jina.Testing;

namespace AgentRag.Tests;

public sealed class AgentTests
{
    private const string Question = "How do I wash the plates of the radiation shield?";
    private const string Passage = "Wash the plates in warm water with a little dish soap.";
    private const string Source = "temperature-and-humidity.md:25-33";

    private const string Completion =
        """
        {
          "id": "1", "object": "chat.completion", "created": 1, "model": "m",
          "choices": [{ "index": 0, "message": { "role": "assistant", "content": "In warm water." }, "finish_reason": "stop" }]
        }
        """;

    [Fact]
    public async Task The_chat_model_receives_the_question_and_its_passages()
    {
        await using var server = await ChatServer.StartAsync(200, Completion);

        var run = await AgentProcess.RunAsync([Question], server.Address);

        Assert.Equal((0, "In warm water.\n"), (run.ExitCode, run.Output));
        using var request = JsonDocument.Parse(Assert.Single(server.Requests));
        var messages = request.RootElement.GetProperty("messages").EnumerateArray()
            .Select(message => message.GetProperty("content").ToString())
            .ToList();
        Assert.Contains(messages, message => message.Contains(Question, StringComparison.Ordinal));
        Assert.Contains(
            messages,
            message => message.Contains(Passage, StringComparison.Ordinal) && message.Contains(Source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_chat_model_the_output_is_what_it_would_receive()
    {
        var run = await AgentProcess.RunAsync([Question]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"user: {Question}", run.Output, StringComparison.Ordinal);
        Assert.Contains(Source, run.Output, StringComparison.Ordinal);
        Assert.Contains(Passage, run.Output, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY is not set", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_chat_server_is_reported_in_one_line()
    {
        await using var server = await ChatServer.StartAsync(401, """{"error":{"message":"no such key"}}""");

        var run = await AgentProcess.RunAsync([Question], server.Address);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        var line = run.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains("no such key", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_RagConsole_created_is_searched()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("notes"));
        await File.WriteAllTextAsync(
            folder.File("notes", "rain.md"), "The funnel is emptied at nine.\n", TestContext.Current.CancellationToken);
        var database = folder.File("rag.db");
        var ingest = await AgentProcess.RunRagConsoleAsync("ingest", folder.File("notes"), "--db", database, "--model", "demo");
        Assert.Equal(0, ingest.ExitCode);

        var run = await AgentProcess.RunAsync(["When is the funnel emptied?", database]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("rain.md:1-1", run.Output, StringComparison.Ordinal);
        Assert.Contains("The funnel is emptied at nine.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invisible_characters_in_names_and_texts_are_not_written_to_the_terminal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows rejects such names.");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("notes"));
        await File.WriteAllTextAsync(
            folder.File("notes", "a\nb\u001b\u202e.md"),
            "The funnel\u001b[2J is \u202eemptied.",
            TestContext.Current.CancellationToken);
        var database = folder.File("rag.db");
        await AgentProcess.RunRagConsoleAsync("ingest", folder.File("notes"), "--db", database, "--model", "demo");

        var run = await AgentProcess.RunAsync(["When is the funnel emptied?", database]);

        Assert.Contains(@"a\u000ab\u001b\u202e.md:1-1", run.Output, StringComparison.Ordinal);
        Assert.Contains("The funnel [2J is  emptied.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, c => (char.IsControl(c) && c != '\n') || c == '\u202e');
    }

    [Fact]
    public async Task A_database_that_is_named_must_exist()
    {
        using var folder = new TemporaryFolder();

        var run = await AgentProcess.RunAsync([Question, folder.File("missing.db")]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: The database {folder.File("missing.db")} does not exist.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData(" ")]
    [InlineData("one", "two", "three")]
    public async Task Invalid_usage_is_reported_in_one_line_and_exits_with_2(params string[] args)
    {
        var run = await AgentProcess.RunAsync(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: Expected a question", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
