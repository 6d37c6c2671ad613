using Jina.Embeddings.Tool.Benchmarking;
using Jina.Extensions.AI;
using Jina.RandomCheckpoints;

namespace Jina.Embeddings.Tool.Tests.Benchmarking;

public sealed class TemporaryModelTests
{
    private static readonly RandomModelSize Tiny = new("tiny", "a-tiny-model", new() { VocabularySize = 8128, DemoTokenizer = true });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("s", 512, "jina-embedding-s-en-v1", 141)]
    [InlineData("b", 768, "jina-embedding-b-en-v1", 439)]
    [InlineData("l", 1024, "jina-embedding-l-en-v1", 1340)]
    public void A_size_is_that_of_the_published_model(string letter, int width, string name, long megabytes)
    {
        var size = RandomModelSize.Find(letter)!;

        Assert.Equal(name, size.ModelName);
        Assert.Equal(width, size.Checkpoint.HiddenSize);
        Assert.True(size.Checkpoint.DemoTokenizer);
        Assert.Equal(megabytes, (long)Math.Round(size.Bytes / 1e6));
    }

    [Fact]
    public void Another_letter_is_no_size() => Assert.Null(RandomModelSize.Find("xl"));

    [Fact]
    public async Task It_embeds_texts_and_is_gone_when_disposed_of()
    {
        using var progress = new StringWriter();
        string folder;
        using (var model = await TemporaryModel.WriteAsync(Tiny, progress, Token))
        {
            folder = model.Folder;
            await using var generator = await JinaEmbeddingGenerator.CreateAsync(JinaEmbeddingModel.FromDirectory(folder), cancellationToken: Token);
            var vectors = await generator.EncodeAsync("how is the weather today", "zucchini");

            Assert.All(vectors, vector => Assert.All(vector.ToArray(), component => Assert.True(float.IsFinite(component))));
            Assert.InRange(vectors[0].CosineSimilarity(vectors[1]), -1, 0.999f);
            Assert.Equal(File.ReadAllBytes(Path.Combine(Tool.DemoModel, "spiece.model")), File.ReadAllBytes(Path.Combine(folder, "spiece.model")));
        }

        Assert.False(Directory.Exists(folder));
        Assert.Equal($"Writing a random checkpoint of the size of a-tiny-model (1 MB) to {folder}", progress.ToString().TrimEnd());
    }

    [Fact]
    public async Task Disposing_of_it_twice_does_nothing_more()
    {
        var model = await TemporaryModel.WriteAsync(Tiny, TextWriter.Null, Token);

        model.Dispose();
        model.Dispose();

        Assert.False(Directory.Exists(model.Folder));
    }

    [Fact]
    public async Task When_cancelled_it_leaves_nothing()
    {
        using var progress = new StringWriter();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TemporaryModel.WriteAsync(Tiny, progress, cancelled.Token));

        Assert.False(Directory.Exists(progress.ToString().TrimEnd().Split(" to ")[1]));
    }

    [Fact]
    public async Task A_checkpoint_is_cancelled_between_two_pieces_of_a_weight()
    {
        using var cancelled = new CancellationTokenSource();
        using var pieces = RandomCheckpoint.Weights(Tiny.Checkpoint)[0].Chunks(cancelled.Token).GetEnumerator();
        Assert.True(pieces.MoveNext());
        await cancelled.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => pieces.MoveNext());
    }

    [Fact]
    public async Task A_disk_that_is_too_small_is_told_before_anything_is_written()
    {
        var huge = Tiny with { Checkpoint = new() { VocabularySize = int.MaxValue, HiddenSize = 1 << 20 } };
        using var progress = new StringWriter();

        var error = await Assert.ThrowsAsync<CommandException>(() => TemporaryModel.WriteAsync(huge, progress, Token));

        Assert.Contains("size of a-tiny-model needs 90", error.Message, StringComparison.Ordinal);
        Assert.Contains("are free. Free some space, or name a folder on a larger disk in TMPDIR", error.Message, StringComparison.Ordinal);
        Assert.Equal("", progress.ToString());
    }
}
