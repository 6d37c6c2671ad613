using Jina.Agents.Tests.Support;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Agents.Tests;

public sealed class ContextProviderTests : IDisposable
{
    private const string Shield = "Wash the plates of the radiation shield with water and a soft brush.";
    private const string Question = "How do I wash the plates?";

    private readonly NoteStore _file = new();
    private readonly ChatModel _model = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _model.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task Before_each_turn_the_chat_model_receives_the_passages_for_the_latest_message()
    {
        var notes = await _file.CreateNotesAsync();
        var context = notes.AsContextProvider(note => new(note.Text, note.Title, note.Link), options => options.Top = 1);
        var agent = CreateAgent(context);
        var session = await agent.CreateSessionAsync(Token);

        await agent.RunAsync(Question, session, cancellationToken: Token);
        Assert.Contains($"SourceDocName: Shield\nSourceDocLink: https://station.example/plates\nContents: {Shield}", Input);
        Assert.DoesNotContain("rain gauge", Input);

        await agent.RunAsync("When do I empty the rain gauge?", session, cancellationToken: Token);
        Assert.Contains("Empty the rain gauge every morning", Input);
    }

    [Fact]
    public async Task Earlier_messages_of_the_session_can_be_part_of_the_question()
    {
        var notes = await _file.CreateNotesAsync();
        var context = notes.AsContextProvider(note => new(note.Text), options =>
        {
            options.Top = 1;
            options.Provider.RecentMessageMemoryLimit = 1;
        });
        var agent = CreateAgent(context);
        var session = await agent.CreateSessionAsync(Token);

        await agent.RunAsync(Question, session, cancellationToken: Token);
        await agent.RunAsync("And then?", session, cancellationToken: Token);

        Assert.Contains($"Contents: {Shield}", _model.Messages[^1].Text);
    }

    [Fact]
    public async Task The_agent_can_search_by_a_tool_on_demand()
    {
        var notes = await _file.CreateNotesAsync();
        var context = notes.AsContextProvider(
            note => new(note.Text, note.Title),
            options => options.Provider.SearchTime = TextSearchProviderOptions.TextSearchBehavior.OnDemandFunctionCalling);
        _model.Call = ("search_notes", "userQuestion", "wash the plates");

        await CreateAgent(context).RunAsync(Question, cancellationToken: Token);

        Assert.Equal(["search_notes"], _model.Tools.Select(tool => tool.Name));
        Assert.Contains($"SourceDocName: Shield\nContents: {Shield}", _model.Result!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task One_agent_can_use_several_collections()
    {
        var notes = await _file.CreateNotesAsync();
        var rules = await _file.CreateNotesAsync("house rules");
        Action<JinaContextProviderOptions<Note>> onDemand = options =>
            options.Provider.SearchTime = TextSearchProviderOptions.TextSearchBehavior.OnDemandFunctionCalling;

        var agent = CreateAgent(
            notes.AsContextProvider(note => new(note.Text), onDemand), rules.AsContextProvider(note => new(note.Text), onDemand));
        await agent.RunAsync(Question, cancellationToken: Token);

        Assert.Equal(["search_notes", "search_house_rules"], _model.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task With_a_function_for_keywords_the_search_is_hybrid()
    {
        var notes = await _file.CreateNotesAsync();
        var context = notes.AsContextProvider(note => new(note.Text), options =>
        {
            options.Top = 1;
            options.ToKeywords = _ => ["anemometer"];
        });

        await CreateAgent(context).RunAsync(Question, cancellationToken: Token);

        Assert.Contains("cup anemometer", Input);
    }

    [Fact]
    public async Task A_message_without_text_gets_no_passages()
    {
        var notes = await _file.CreateNotesAsync();
        var image = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);

        await CreateAgent(notes.AsContextProvider(note => new(note.Text))).RunAsync([image], cancellationToken: Token);

        Assert.Single(_model.Messages);
    }

    [Fact]
    public async Task A_search_that_fails_is_logged_and_the_turn_continues()
    {
        using var log = new RecordingLogger();
        var missing = _file.Store.GetCollection<string, Note>("missing");

        var answer = await CreateAgent(missing.AsContextProvider(note => new(note.Text), loggerFactory: log))
            .RunAsync(Question, cancellationToken: Token);

        Assert.Equal("Noted.", answer.Text);
        Assert.Contains("missing", Assert.Single(log.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registered_providers_use_the_registered_store()
    {
        await _file.CreateNotesAsync();
        await _file.CreateNotesAsync("more");
        var services = new ServiceCollection();
        services.AddJinaContextProvider<string, Note>("notes", note => new(note.Text, note.Title), options => options.Top = 1);
        services.AddJinaContextProvider<string, Note>("more", note => new(note.Text, note.Id), options => options.Top = 1);
        services.AddJinaEmbeddings(DemoModel.Model);
        services.AddJinaSqliteVectorStore(NoteStore.ConnectionString(_file.Path));
        await using var provider = services.BuildServiceProvider();

        await CreateAgent([.. provider.GetServices<AIContextProvider>()]).RunAsync(Question, cancellationToken: Token);

        Assert.Contains("SourceDocName: Shield", Input);
        Assert.Contains("SourceDocName: plates", Input);
    }

    [Fact]
    public async Task A_provider_with_a_key_embeds_with_the_generator_of_its_key()
    {
        await _file.CreateNotesAsync();
        var services = new ServiceCollection();
        services.AddJinaEmbeddings(options => options.Model = Extensions.AI.JinaEmbeddingModel.FromDirectory("/missing"));
        services.AddKeyedJinaEmbeddings("demo", DemoModel.Model);
        services.AddJinaSqliteVectorStore(NoteStore.ConnectionString(_file.Path));
        services.AddKeyedJinaContextProvider<string, Note>("demo", "notes", note => new(note.Text), options => options.Top = 1);
        await using var provider = services.BuildServiceProvider();

        await CreateAgent(provider.GetRequiredKeyedService<AIContextProvider>("demo")).RunAsync(Question, cancellationToken: Token);

        Assert.Contains(Shield, Input);
        Assert.Null(provider.GetService<AIContextProvider>());
    }

    [Fact]
    public async Task Without_a_registered_store_the_error_names_a_method_that_adds_one()
    {
        var services = new ServiceCollection();
        services.AddJinaContextProvider<string, Note>("notes", note => new(note.Text));
        services.AddKeyedJinaContextProvider<string, Note>("demo", "notes", note => new(note.Text));
        await using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(() => provider.GetService<AIContextProvider>());
        var keyed = Assert.Throws<InvalidOperationException>(() => provider.GetKeyedService<AIContextProvider>("demo"));

        Assert.Equal("No VectorStore is registered. Add one, for example with AddJinaSqliteVectorStore.", error.Message);
        Assert.StartsWith("No VectorStore is registered, neither under the key 'demo'", keyed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_collection_needs_a_name(string? name) => Assert.ThrowsAny<ArgumentException>(
        () => new ServiceCollection().AddJinaContextProvider<string, Note>(name!, note => new(note.Text)));

    [Fact]
    public void An_app_with_agents_has_no_assembly_of_Semantic_Kernel()
    {
        // These tests are such an app: their dependencies are those of the packages.
        var dependencies = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Jina.Agents.Tests.deps.json"));

        Assert.Contains("Microsoft.Agents.AI.dll", dependencies, StringComparison.Ordinal);
        Assert.DoesNotContain("SemanticKernel", dependencies, StringComparison.OrdinalIgnoreCase);
    }

    private string Input => _model.Input.ReplaceLineEndings("\n");

    private ChatClientAgent CreateAgent(params AIContextProvider[] providers) =>
        _model.AsAIAgent(new ChatClientAgentOptions { AIContextProviders = providers });
}
