using System.Globalization;
using Jina.Testing;
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
        DocumentedCode.AssertCompiled("docs/vector-store.md", "tests/Jina.Architecture.Tests/Documentation", snippets: 3);

    [Fact]
    public async Task A_note_is_found()
    {
        services.AddJinaEmbeddings();
        services.AddJinaSqliteVectorStore("Data Source=rag.db");   // uses the registered generator

        // The later registrations replace these: the demo model, and a file that is deleted with the test.
        services.AddJinaEmbeddings(DemoModel.Model);
        services.AddJinaSqliteVectorStore($"Data Source={_folder.File("rag.db")};Pooling=False");
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
}
#pragma warning restore xUnit1051
