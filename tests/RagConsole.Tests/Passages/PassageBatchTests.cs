using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using RagConsole.Documents;
using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class PassageBatchTests : IDisposable
{
    private const string Root = "/docs";

    private readonly TemporaryFolder _folder = new();
    private readonly StoppableGenerator _generator = new();
    private readonly SqliteVectorStore _vectors;
    private readonly PassageStore _store;

    public PassageBatchTests()
    {
        var options = new SqliteVectorStoreOptions { EmbeddingGenerator = _generator };
        _vectors = new SqliteVectorStore(Library.GetConnectionString(_folder.File("rag.db")), options);
        _store = new PassageStore(_vectors, _generator);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_finds_the_earlier_version_until_the_new_one_is_complete()
    {
        await _store.OpenAsync(Cancellation);
        var before = await ReplaceAsync(before: null, "1111111111111111", passages: 3);

        // The first batch of the new version is stored, and the second one is being embedded.
        _generator.AllowedBatches = 1;
        var replacing = ReplaceAsync(before, "2222222222222222", passages: 300);
        await _generator.Stopped;

        Assert.Equal(["1111111111111111"], await FindVersionsAsync());
        Assert.True((await ReadFileAsync()).IsChanging);

        _generator.Continue();
        var after = await replacing;

        Assert.Equal(["2222222222222222"], await FindVersionsAsync());
        Assert.Equal(after, await ReadFileAsync());
        Assert.Equal(after.GetKeys().Order(), (await _store.FindKeysAsync(after.Source, Cancellation)).Order());
    }

    [Fact]
    public async Task An_interrupted_replacement_is_found_with_the_earlier_version_and_cleaned_up_by_the_next_one()
    {
        await _store.OpenAsync(Cancellation);
        var before = await ReplaceAsync(before: null, "1111111111111111", passages: 3);
        _generator.AllowedBatches = 1;
        var interrupted = ReplaceAsync(before, "2222222222222222", passages: 300);
        await _generator.Stopped;
        _generator.Fail();
        await Assert.ThrowsAsync<InvalidOperationException>(() => interrupted);

        Assert.Equal(["1111111111111111"], await FindVersionsAsync());
        _generator.AllowedBatches = int.MaxValue;
        var after = await ReplaceAsync(await ReadFileAsync(), "3333333333333333", passages: 2);

        Assert.Equal(["3333333333333333"], await FindVersionsAsync());
        Assert.Equal(after.GetKeys().Order(), (await _store.FindKeysAsync(after.Source, Cancellation)).Order());
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _generator.Dispose();
        _folder.Dispose();
    }

    private async Task<IngestedFile> ReplaceAsync(IngestedFile? before, string version, int passages)
    {
        var source = DocumentEntry.GetSource(Root, "a.md");
        var after = new IngestedFile
        {
            Source = source,
            Root = Root,
            Hash = version,
            Version = version,
            Passages = passages,
            Model = "demo",
        };
        var all = Enumerable.Range(0, passages)
            .Select(number => new Passage { Key = Passage.GetKey(source, version, number), Source = source, Root = Root, Text = "x" });
        var batch = new PassageBatch(_store);
        await batch.ReplaceAsync(before, after, [.. all], _ => { }, Cancellation);
        await batch.FinishAsync(Cancellation);
        return after;
    }

    private async Task<IngestedFile> ReadFileAsync() => Assert.Single(await _store.ListFilesAsync(Root, Cancellation));

    private async Task<IEnumerable<string>> FindVersionsAsync()
    {
        var hits = await new PassageSearch(_store).FindAsync(["x"], 1000, SearchKind.Vector, PassageScope.All, Cancellation);
        return hits.Select(hit => hit.Passage.Key.Split('\n')[^2]).Distinct();
    }

    /// <summary>Embeds a number of batches of passages and then waits. Questions are single texts, which are always embedded.</summary>
    private sealed class StoppableGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        private readonly TaskCompletionSource _stopped = new();
        private readonly TaskCompletionSource _continued = new();

        public int AllowedBatches { get; set; } = int.MaxValue;

        public Task Stopped => _stopped.Task;

        public void Continue() => _continued.SetResult();

        public void Fail() => _continued.SetException(new InvalidOperationException("Interrupted."));

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var texts = values.ToList();
            if (texts.Count > 1 && AllowedBatches-- == 0)
            {
                _stopped.SetResult();
                await _continued.Task;
            }

            return [.. texts.Select(_ => new Embedding<float>(new float[] { 1, 0 }))];
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(defaultModelDimensions: 2) : null;

        public void Dispose()
        {
        }
    }
}
