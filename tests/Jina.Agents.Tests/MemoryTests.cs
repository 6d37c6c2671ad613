using System.Diagnostics;
using Jina.Agents.Tests.Support;
using Jina.Testing;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.Agents.Tests;

/// <summary>Tests that Agent Framework's memory of past turns works on the embedded store.</summary>
public sealed class MemoryTests : IDisposable
{
    private const string PathVariable = "JINA_TEST_MEMORY";
    private const string Fact = "My station is on the Zugspitze and its name is Alpine Three.";
    private const string Question = "What is the name of my station?";

    private readonly NoteStore _file = new();
    private readonly ChatModel _model = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _model.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task A_later_session_of_the_same_user_remembers_what_was_said()
    {
        await TellAsync(_file.Store, "ada", Fact);
        Assert.DoesNotContain("Memories", _model.Input, StringComparison.Ordinal);

        await TellAsync(_file.Store, "ada", Question);

        Assert.Contains("Memories", _model.Input, StringComparison.Ordinal);
        Assert.Contains(Fact, _model.Input, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_do_not_see_the_memories_of_each_other()
    {
        await TellAsync(_file.Store, "ada", Fact);

        await TellAsync(_file.Store, "ben", Question);

        Assert.DoesNotContain("Alpine Three", _model.Input, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_can_search_its_memory_by_a_tool_on_demand()
    {
        await TellAsync(_file.Store, "ada", Fact);
        _model.Call = ("recall", "userQuestion", "name of the station");

        await TellAsync(_file.Store, "ada", Question, new()
        {
            SearchTime = ChatHistoryMemoryProviderOptions.SearchBehavior.OnDemandFunctionCalling,
            FunctionToolName = "recall",
        });

        Assert.Contains(Fact, _model.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_process_remembers_what_was_said()
    {
        var start = DotnetProgram.Of(
            typeof(MemoryTests).Assembly.Location, "-explicit", "only", "-method", $"*{nameof(Another_process_stores_a_fact)}");
        start.Environment[PathVariable] = _file.Path;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, output);

        await TellAsync(_file.Store, "ada", Question);

        Assert.Contains(Fact, _model.Input, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task Another_process_stores_a_fact()
    {
        using var store = NoteStore.Open(Environment.GetEnvironmentVariable(PathVariable)!);
        await TellAsync(store, "ada", Fact);
    }

    /// <summary>Sends a message to an agent in a new session.</summary>
    private async Task TellAsync(VectorStore store, string user, string message, ChatHistoryMemoryProviderOptions? options = null)
    {
        using var memory = new ChatHistoryMemoryProvider(
            store,
            "memory",
            DemoDimensions.SmallEnV1,
            session => new(
                storageScope: new() { UserId = user, SessionId = Guid.NewGuid().ToString() }, searchScope: new() { UserId = user }),
            options);
        var agent = _model.AsAIAgent(new ChatClientAgentOptions { AIContextProviders = [memory] });
        var session = await agent.CreateSessionAsync(Token);
        await agent.RunAsync(message, session, cancellationToken: Token);
    }
}
