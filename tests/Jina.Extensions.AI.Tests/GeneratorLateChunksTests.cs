using System.Numerics.Tensors;
using Jina.Extensions.AI.Tests.OnnxExports;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests;

/// <summary>Tests late chunking. <see cref="Inference.LateChunkVectorsTests"/> compares its vectors with a reference.</summary>
public sealed class GeneratorLateChunksTests : IDisposable
{
    private static readonly string[] Chunks = ["The station is in Berlin.", "It measures rain.", "It has no wind sensor."];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Weights => _folder.File("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chunk_depends_on_the_other_chunks_and_plain_texts_do_not_change()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        var before = await generator.GenerateAsync(Chunks, cancellationToken: Token);

        var late = await generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token);
        var other = await generator.GenerateLateChunksAsync(["A pancake needs eggs.", .. Chunks[1..]], cancellationToken: Token);
        var after = await generator.GenerateAsync(Chunks, cancellationToken: Token);

        Assert.All(late, embedding => Assert.Equal(1, TensorPrimitives.Norm(embedding.Vector.Span), 1e-5));
        Assert.All(
            Enumerable.Range(1, 2),
            i => Assert.InRange(TensorPrimitives.Distance(late[i].Vector.Span, other[i].Vector.Span), 1e-3f, 2f));
        Assert.All(before.Zip(after), pair => Tolerance.SameModel.AssertEqual(pair.First.Vector, pair.Second.Vector));
        Assert.All(late, embedding => Assert.Equal("demo-en", embedding.ModelId));
    }

    [Fact]
    public async Task Usage_counts_one_end_token_per_window()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        var tokenizer = await generator.GetTokenizerAsync(Token);

        var late = await generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token);

        Assert.Equal(Chunks.Sum(chunk => tokenizer.CountTokens(chunk) - 1) + 1, late.Usage!.InputTokenCount);
        Assert.Equal(0, late.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]);
        Assert.Empty(await generator.GenerateLateChunksAsync([], cancellationToken: Token));
    }

    [Theory]
    [InlineData(Precision.Fp32, "jina-encoder-fp32-tokens.onnx")]
    [InlineData(Precision.Int8, "jina-encoder-int8-tokens.onnx")]
    public async Task The_second_graph_is_written_by_the_load_and_again_if_it_was_deleted(Precision precision, string file)
    {
        var model = JinaEmbeddingModel.FromDirectory(DemoModelCopy.To(_folder));
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = model, Precision = precision });
        await using var reference = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        await generator.GenerateAsync(Chunks, cancellationToken: Token);
        Assert.True(File.Exists(_folder.File(file)));
        File.Delete(_folder.File(file));

        var late = await generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token);

        Assert.True(File.Exists(_folder.File(file)));
        var expected = await reference.GenerateLateChunksAsync(Chunks, cancellationToken: Token);
        Assert.All(
            expected.Zip(late),
            pair => Assert.InRange(TensorPrimitives.CosineSimilarity(pair.First.Vector.Span, pair.Second.Vector.Span), 0.97f, 1.00001f));
    }

    [Theory]
    [InlineData(Precision.Fp32)]
    [InlineData(Precision.Int8)]
    public async Task A_late_request_writes_nothing_after_the_load(Precision precision)
    {
        var options = new JinaEmbeddingOptions
        {
            Model = JinaEmbeddingModel.FromDirectory(DemoModelCopy.To(_folder)),
            Precision = precision,
            CacheDirectory = _folder.File("cache"),
        };
        await using var generator = new JinaEmbeddingGenerator(options);
        await generator.GenerateAsync(Chunks, cancellationToken: Token);
        var before = Written();

        await generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token);

        Assert.Equal(before, Written());
    }

    [Fact]
    public async Task Concurrent_documents_and_texts_get_the_vectors_that_they_get_alone()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 24 });
        string[][] documents = [.. Enumerable.Range(1, 20).Select(i => Enumerable.Range(0, i).Select(j => $"Part {j} of {i}.").ToArray())];
        var expected = new List<GeneratedEmbeddings<Embedding<float>>>();
        foreach (var document in documents)
        {
            expected.Add(await generator.GenerateLateChunksAsync(document, cancellationToken: Token));
        }

        var plain = Task.WhenAll(documents.Select(document => generator.GenerateAsync(document, cancellationToken: Token)));
        var late = await Task.WhenAll(documents.Select(document => generator.GenerateLateChunksAsync(document, cancellationToken: Token)));

        Assert.Equal(documents.Select(document => document.Length), (await plain).Select(embeddings => embeddings.Count));
        Assert.All(
            expected.SelectMany(embeddings => embeddings).Zip(late.SelectMany(embeddings => embeddings)),
            pair => Tolerance.Reference.AssertEqual(pair.First.Vector, pair.Second.Vector));
    }

    [Fact]
    public async Task An_export_is_rejected_and_its_texts_still_run()
    {
        File.Copy(Path.Combine(DemoModel.Folder, "spiece.model"), _folder.File("spiece.model"));
        OnnxExportFixture.Write(_folder.File("model.onnx"), "last_hidden_state", pooled: false);
        await using var generator = new JinaEmbeddingGenerator(
            new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(_folder.Path) });

        var error = await Assert.ThrowsAsync<NotSupportedException>(
            () => generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token));

        Assert.StartsWith($"{_folder.File("model.onnx")}: Late chunking needs", error.Message, StringComparison.Ordinal);
        Assert.Single(await generator.GenerateFromTokensAsync([[5]], cancellationToken: Token));
    }

    [Fact]
    public async Task Weights_that_were_replaced_after_the_load_are_rejected()
    {
        var model = JinaEmbeddingModel.FromDirectory(DemoModelCopy.To(_folder));
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = model });
        await generator.GenerateAsync(Chunks, cancellationToken: Token);
        ReplaceWeights();

        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token));

        Assert.Equal(Weights, error.ModelPath);
        Assert.Equal(3, (await generator.GenerateAsync(Chunks, cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task Weights_that_are_replaced_while_the_second_session_opens_are_rejected()
    {
        var isLoaded = false;
        var options = new JinaEmbeddingOptions
        {
            Model = JinaEmbeddingModel.FromDirectory(DemoModelCopy.To(_folder)),
            ConfigureSession = _ =>
            {
                if (isLoaded)
                {
                    ReplaceWeights();
                }
            },
        };
        await using var generator = new JinaEmbeddingGenerator(options);
        await generator.GenerateAsync(Chunks, cancellationToken: Token);
        isLoaded = true;

        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token));

        Assert.Equal(Weights, error.ModelPath);
        Assert.Equal(3, (await generator.GenerateAsync(Chunks, cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task Wrong_requests_are_rejected()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        await using var small = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 1 });
        var otherModel = new EmbeddingGenerationOptions { ModelId = "other" };

        await Assert.ThrowsAsync<ArgumentNullException>(
            "chunks", () => generator.GenerateLateChunksAsync(null!, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>(
            "chunks", () => generator.GenerateLateChunksAsync(["a", null!], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(
            "chunks", () => generator.GenerateLateChunksAsync(["a", " "], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>("options", () => generator.GenerateLateChunksAsync(["a"], otherModel, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => small.GenerateLateChunksAsync(["a"], cancellationToken: Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => generator.GenerateLateChunksAsync(Chunks, cancellationToken: new CancellationToken(canceled: true)));
        await generator.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token));
    }

    private (string Path, DateTime Time)[] Written() =>
    [
        .. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.GetLastWriteTimeUtc(path))),
    ];

    private void ReplaceWeights()
    {
        File.Copy(Weights, Weights + ".new");
        File.SetLastWriteTimeUtc(Weights + ".new", DateTime.UtcNow.AddDays(1));
        File.Move(Weights + ".new", Weights, overwrite: true);
    }
}
