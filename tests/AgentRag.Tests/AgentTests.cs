using System.Text.Json;
using Jina.Testing;

namespace AgentRag.Tests;

public sealed class AgentTests
{
    private const string Question = "How do I wash the plates of the radiation shield?";
    private const string Passage = "Wash the plates in warm water with a little dish soap.";
    private const string Source = "temperature-and-humidity.md:25-33";

    private const string Completion =
        """{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"In warm water."},"finish_reason":"stop"}]}""";

    [Fact]
    public async Task The_chat_model_is_sent_the_question_and_the_passages_that_fit_it()
    {
        await using var server = await ChatServer.StartAsync(200, Completion);

        var run = await AgentProcess.RunAsync([Question], server.Address);

        Assert.Equal((0, "In warm water.\n"), (run.ExitCode, run.Output));
        using var request = JsonDocument.Parse(Assert.Single(server.Requests));
        var messages = request.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").ToString()).ToList();
        Assert.Contains(messages, message => message.Contains(Question, StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains(Passage, StringComparison.Ordinal) && message.Contains(Source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_chat_model_it_shows_what_the_agent_would_be_given()
    {
        var run = await AgentProcess.RunAsync([Question]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"user: {Question}", run.Output, StringComparison.Ordinal);
        Assert.Contains(Source, run.Output, StringComparison.Ordinal);
        Assert.Contains(Passage, run.Output, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY is not set", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_server_that_refuses_costs_one_line()
    {
        await using var server = await ChatServer.StartAsync(401, """{"error":{"message":"no such key"}}""");

        var run = await AgentProcess.RunAsync([Question], server.Address);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        var line = run.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains("no such key", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_was_asked_for_by_name_must_be_there()
    {
        using var folder = new TemporaryFolder();

        var run = await AgentProcess.RunAsync([Question, folder.File("missing.db")]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: There is no database {folder.File("missing.db")}.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData(" ")]
    [InlineData("one", "two", "three")]
    public async Task Wrong_usage_is_told_in_one_line_and_exits_with_2(params string[] args)
    {
        var run = await AgentProcess.RunAsync(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: Expected a question", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
