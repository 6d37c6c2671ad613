using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.VectorData;
using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class PassageStoreTests
{
    [Theory]
    [InlineData("ask", "Where is rain measured?")]
    [InlineData("ingest", ".")]
    public async Task A_database_of_an_earlier_version_is_rejected_with_the_next_step(string command, string argument)
    {
        const int Dimensions = 384;
        using var folder = new TemporaryFolder();
        var database = folder.File("rag.db");
        using (var store = new SqliteVectorStore($"Data Source={database};Pooling=False"))
        {
            var properties = Passage.Define(Dimensions).Properties
                .Where(property => property.Name != nameof(Passage.Title) && property is not VectorStoreVectorProperty)
                .Append(new VectorStoreVectorProperty(nameof(Passage.Embedding), typeof(ReadOnlyMemory<float>), Dimensions));
            var earlier = store.GetDynamicCollection("passages", new VectorStoreCollectionDefinition { Properties = [.. properties] });
            await earlier.EnsureCollectionExistsAsync(TestContext.Current.CancellationToken);
        }

        var run = await RagProcess.RunAsync([command, argument, "--db", database]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no column 'Title'", run.Error, StringComparison.Ordinal);
        Assert.Contains("run 'jina-rag ingest DIR --db FILE' with another file.", run.Error, StringComparison.Ordinal);
    }
}
