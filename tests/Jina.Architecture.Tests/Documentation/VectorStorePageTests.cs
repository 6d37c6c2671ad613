using System.Globalization;
using Jina.Extensions.AI;
using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace Jina.Architecture.Tests.Documentation;

#pragma warning disable xUnit1051 // The code is shown to readers, who do not have a test to cancel.
/// <summary>Runs the code of docs/vector-store.md. It is here because the store's own tests do not reference a model.</summary>
public sealed class VectorStorePageTests : IDisposable
{
    private readonly ServiceCollection services = [];
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter Console = new(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_tests_compile_every_snippet() =>
        DocumentedCode.AssertCompiled("docs/vector-store.md", "tests/Jina.Architecture.Tests/Documentation", snippets: 4);

    [Fact]
    public async Task A_note_is_found()
    {
        services.AddJinaEmbeddings();
        services.AddJinaSqliteVectorStore("Data Source=rag.db");   // uses the registered generator

        // The later registrations replace these: the demo model, and a file that is deleted with the test.
        services.AddJinaEmbeddings(DemoModel.Model);
        services.AddJinaSqliteVectorStore(ConnectionString);
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<VectorStore>();

        var notes = store.GetCollection<string, Note>("notes");   // store: the VectorStore from the container
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(new Note { Id = "1", Text = "Empty the funnel every morning." });
        await foreach (var hit in notes.SearchAsync("When is the rain gauge emptied?", top: 3))
        {
            Console.WriteLine($"{hit.Score:F2} {hit.Record.Text}");
        }

        Assert.Matches(@"^0\.\d\d Empty the funnel every morning\.\s+$", Console.ToString());
    }

    [Fact]
    public async Task A_note_is_found_by_its_words()
    {
        const string question = "When is the funnel emptied?";
        services.AddJinaEmbeddings(DemoModel.Model);
        services.AddJinaSqliteVectorStore($"Data Source={_folder.File("rag.db")};Pooling=False");
        await using var provider = services.BuildServiceProvider();
        var notes = provider.GetRequiredService<VectorStore>().GetCollection<string, Note>("notes");
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(new Note { Id = "1", Text = "Empty the funnel every morning." });

        var collection = (SqliteCollection<string, Note>)notes;
        var options = new SqliteHybridSearchOptions<Note> { HybridFusion = HybridFusion.ReciprocalRank() };   // for this search only
        await foreach (var hit in collection.HybridSearchAsync(question, Keywords.FromQuestion(question), top: 3, options))
        {
            Console.WriteLine($"{hit.Score:F3} {hit.Record.Text}");
        }

        Assert.Matches(@"^0\.016 Empty the funnel every morning\.\s+$", Console.ToString());
    }

    [Fact]
    public async Task A_draft_is_embedded_again()
    {
        using var int8 = CreateGenerator(Precision.Int8);
        using var before = new SqliteCollection<string, Draft>(ConnectionString, "drafts", new() { EmbeddingGenerator = int8 });
        await before.EnsureCollectionExistsAsync();
        await before.UpsertAsync(new Draft { Title = "Empty the funnel", Embedding = "Empty the funnel" });
        using var fp32 = CreateGenerator(Precision.Fp32);
        using var drafts = new SqliteCollection<string, Draft>(ConnectionString, "drafts", new() { EmbeddingGenerator = fp32 });

        await drafts.ReembedAsync(setInputs: (records, cancellationToken) =>
        {
            foreach (var draft in records)
            {
                draft.Embedding = draft.Title;
            }

            return Task.CompletedTask;
        });

        var hit = await drafts.SearchAsync("Empty the funnel", top: 1).SingleAsync();
        Assert.Equal(1, hit.Score!.Value, 1e-5);
        var error = await Assert.ThrowsAsync<VectorStoreException>(() => before.EnsureCollectionExistsAsync());
        Assert.Contains("in the precision 'Fp32', but the embedding generator has 'Int8'.", error.Message, StringComparison.Ordinal);
    }

    private string ConnectionString => $"Data Source={_folder.File("rag.db")};Pooling=False";

    private static JinaEmbeddingGenerator CreateGenerator(Precision precision) =>
        new(new JinaEmbeddingOptions { Model = DemoModel.Model, Precision = precision });
}
#pragma warning restore xUnit1051
