using Jina.Extensions.AI;
using Jina.SemanticKernel.Tests.Support;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel.Tests.Documentation;

#pragma warning disable xUnit1051 // Readers see this code, and they do not have a test to cancel.
/// <summary>Runs the code of docs/semantic-kernel.md.</summary>
public sealed class SemanticKernelPageTests : IDisposable
{
    private const string question = "How do I wash the plates?";
    private const string text = "Wash the plates of the radiation shield with water and a soft brush.";
    private const string link = "https://station.example/shield";

    private static readonly Article[] articlesToStore =
    [
        .. Note.OfTheStation.Select(note => new Article { Id = note.Id, Title = note.Title, Link = note.Link, Text = note.Text }),
    ];

    private readonly StoreFile _file = new();
    private readonly StringWriter Console = new();

    public void Dispose()
    {
        Console.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task Embeddings()
    {
        var (model, connectionString) = (DemoModel.Model, _file.ConnectionString);

        var builder = Kernel.CreateBuilder();
        builder.AddJinaEmbeddings(model);   // other overloads take options or configuration
        builder.Services.AddJinaSqliteVectorStore(connectionString);
        var kernel = builder.Build();

        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        await using var services = (ServiceProvider)kernel.Services;
        Assert.Equal(DemoModel.Dimensions, (await generator.GenerateAsync(question)).Dimensions);
    }

    [Fact]
    public async Task Embeddings_with_the_names_of_Semantic_Kernel()
    {
        var builder = Kernel.CreateBuilder();

        builder.AddJinaEmbeddingGenerator("jina-embedding-s-en-v1", serviceId: "small");

        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;
        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>("small");
        Assert.Equal("jina-embedding-s-en-v1", generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
    }

    [Fact]
    public async Task Retrieval()
    {
        var builder = KernelBuilder();

        builder.AddJinaRetrieval<string, Article>("articles");

        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;

        var articles = kernel.GetRequiredService<VectorStoreCollection<string, Article>>();
        await articles.EnsureCollectionExistsAsync();
        await articles.UpsertAsync(articlesToStore);   // one call embeds the texts together and stores them in one transaction

        var search = kernel.GetRequiredService<ITextSearch<Article>>();
        var found = await search.GetTextSearchResultsAsync(question, new TextSearchOptions<Article> { Top = 3 });
        await foreach (var result in found.Results)
        {
            Console.WriteLine($"{result.Name} {result.Link}: {result.Value}");
        }

        var passages = await kernel.InvokeAsync("articles", "Search", new KernelArguments { ["query"] = question });

        Assert.StartsWith($"Shield {link}: {text}\n", Console.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(text, passages.GetValue<IReadOnlyList<TextSearchResult>>()![0].Value);
        var windy = await search.GetSearchResultsAsync(question, new() { Filter = article => article.Title == "Wind" });
        Assert.Equal("wind", (await windy.Results.SingleAsync()).Id);
    }

    [Fact]
    public async Task Retrieval_with_options()
    {
        var builder = KernelBuilder();

        builder.AddJinaRetrieval<string, Article>("articles", options =>
        {
            options.PluginName = "Handbook";
            options.FunctionDescription = "Finds passages of the weather station's handbook.";
        });

        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;
        Assert.Equal("Finds passages of the weather station's handbook.", kernel.Plugins.GetFunction("Handbook", "Search").Description);
    }

    [Fact]
    public async Task Retrieval_by_meaning_and_words()
    {
        var builder = KernelBuilder();

        builder.AddJinaRetrieval<string, Article>("articles", options => options.ToKeywords = Keywords.FromQuestion);

        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;
        var articles = kernel.GetRequiredService<VectorStoreCollection<string, Article>>();
        await articles.EnsureCollectionExistsAsync();
        await articles.UpsertAsync(articlesToStore);
        var passages = await kernel.InvokeAsync("articles", "Search", new KernelArguments { ["query"] = question });
        Assert.Equal(text, passages.GetValue<IReadOnlyList<TextSearchResult>>()![0].Value);
    }

    [Fact]
    public async Task Texts_with_sources()
    {
        var builder = KernelBuilder();

        builder.AddJinaTextSearchStore<string>("documents");

        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;

        var documents = kernel.GetRequiredService<TextSearchStore<string>>();
        await documents.UpsertDocumentsAsync([new() { Text = text, SourceName = "Handbook", SourceLink = link }]);

        var provider = kernel.GetRequiredService<TextSearchProvider>();
        var context = await provider.ModelInvokingAsync([new ChatMessage(ChatRole.User, question)]);

        Assert.Contains(text, context.Instructions, StringComparison.Ordinal);
        Assert.Contains(link, context.Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory()
    {
        var builder = KernelBuilder();

        builder.AddJinaTextMemory();

        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;

        var memory = kernel.GetRequiredService<ISemanticTextMemory>();
        await memory.SaveInformationAsync("notes", text, id: "plates");
        await foreach (var recalled in memory.SearchAsync("notes", question, limit: 3, minRelevanceScore: 0))
        {
            Console.WriteLine($"{recalled.Relevance:F2} {recalled.Metadata.Text}");
        }

        Assert.Matches($"^0\\.\\d\\d {text}", Console.ToString());
    }

    [Fact]
    public async Task Chunks()
    {
        var kernel = KernelBuilder().Build();
        await using var services = (ServiceProvider)kernel.Services;
        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var text = string.Concat(Enumerable.Repeat("# Wind\n\nThe wind blows over the station and turns the cups. ", 100));

        var tokenizer = await generator.GetRequiredService<JinaEmbeddingGenerator>().GetTokenizerAsync();
        var chunker = new TokenChunker(tokenizer, maxTokens: 256, overlapTokens: 32);
        var chunks = chunker.Split(text).Select(chunk => text[chunk.Range]);

        var paragraphs = tokenizer.SplitMarkdownParagraphs(text, maxTokens: 256);   // or SplitPlainTextParagraphs

        Assert.All(chunks, chunk => Assert.InRange(tokenizer.CountTokens(chunk), 2, 256));
        Assert.All(paragraphs, paragraph => Assert.InRange(tokenizer.CountTokens(paragraph), 2, 256));
    }

    private IKernelBuilder KernelBuilder()
    {
        var builder = Kernel.CreateBuilder().AddJinaEmbeddings(DemoModel.Model);
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);
        return builder;
    }
}
#pragma warning restore xUnit1051
