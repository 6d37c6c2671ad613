using Jina.Extensions.AI;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Benchmarking.Tests;

public sealed class TemporaryModelTests
{
    private static readonly RandomModelSize Tiny = new("tiny", "a-tiny-model", RandomCheckpointOptions.Tiny);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("s", 512, "jina-embedding-s-en-v1", 141)]
    [InlineData("b", 768, "jina-embedding-b-en-v1", 439)]
    [InlineData("l", 1024, "jina-embedding-l-en-v1", 1340)]
    public void A_size_matches_the_published_model(string letter, int width, string name, long megabytes)
    {
        var size = RandomModelSize.Find(letter)!;

        Assert.Equal(name, size.ModelName);
        Assert.Equal(width, size.Checkpoint.HiddenSize);
        Assert.True(size.Checkpoint.DemoTokenizer);
        Assert.Equal(megabytes, (long)Math.Round(size.Bytes / 1e6));
    }

    [Fact]
    public void An_unknown_letter_has_no_size() => Assert.Null(RandomModelSize.Find("xl"));

    [Fact]
    public async Task A_temporary_model_embeds_texts_and_is_deleted_on_disposal()
    {
        using var progress = new StringWriter();
        string folder;
        using (var model = await TemporaryModel.WriteAsync(Tiny, progress, Token))
        {
            folder = model.DirectoryPath;
            await using var generator = await JinaEmbeddingGenerator.CreateAsync(
                JinaEmbeddingModel.FromDirectory(folder), cancellationToken: Token);
            var vectors = await generator.EncodeAsync("how is the weather today", "zucchini");

            Assert.All(vectors, vector => Assert.All(vector.ToArray(), component => Assert.True(float.IsFinite(component))));
            Assert.InRange(vectors[0].CosineSimilarity(vectors[1]), -1, 0.999f);
            var vocabulary = RepositoryFiles.Path("models", "demo-en", "spiece.model");
            Assert.Equal(File.ReadAllBytes(vocabulary), File.ReadAllBytes(Path.Combine(folder, "spiece.model")));
        }

        Assert.False(Directory.Exists(folder));
        Assert.Equal($"Writing a random checkpoint of the size of a-tiny-model (2 MB) to {folder}", progress.ToString().TrimEnd());
    }

    [Fact]
    public async Task Dispose_can_be_called_twice()
    {
        var model = await TemporaryModel.WriteAsync(Tiny, TextWriter.Null, Token);

        model.Dispose();
        model.Dispose();

        Assert.False(Directory.Exists(model.DirectoryPath));
    }

    [Fact]
    public async Task A_canceled_model_leaves_nothing_on_disk()
    {
        using var progress = new StringWriter();
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TemporaryModel.WriteAsync(Tiny, progress, canceled.Token));

        Assert.False(Directory.Exists(progress.ToString().TrimEnd().Split(" to ")[1]));
    }

    [Fact]
    public async Task Writing_is_canceled_between_two_chunks_of_a_weight()
    {
        using var canceled = new CancellationTokenSource();
        using var chunks = RandomCheckpoint.Weights(Tiny.Checkpoint)[0].Chunks(canceled.Token).GetEnumerator();
        Assert.True(chunks.MoveNext());
        await canceled.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => chunks.MoveNext());
    }

    [Fact]
    public async Task A_disk_that_is_too_small_is_reported_before_anything_is_written()
    {
        var huge = Tiny with { Checkpoint = new() { VocabularySize = int.MaxValue, HiddenSize = 1 << 20 } };
        using var progress = new StringWriter();

        var error = await Assert.ThrowsAsync<IOException>(() => TemporaryModel.WriteAsync(huge, progress, Token));

        Assert.Contains("size of a-tiny-model needs 90", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "are free. Free some space, or set TMPDIR (on Windows TMP) to a folder on a larger disk.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal("", progress.ToString());
    }
}
