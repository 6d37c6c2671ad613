using System.Numerics.Tensors;
using Jina.Embeddings.Tool.Evaluation;
using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.Tool.Tests.Evaluation;

/// <summary>Tests the vectors of chunks. The commands compare only rankings, which can be the same for other vectors.</summary>
public sealed class EvalModelTests
{
    private static readonly string[][] Documents =
        [["The station is in Berlin.", "It measures rain."], ["It has no wind sensor.", "Oil it twice a year."]];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Late_chunks_have_the_vectors_of_their_document_and_plain_chunks_those_of_their_text()
    {
        var options = new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(Tool.DemoModel) };
        await using var generator = new JinaEmbeddingGenerator(options);
        var model = new EvalModel(generator, workFolder: "");
        var first = await generator.GenerateLateChunksAsync(Documents[0], cancellationToken: Token);
        var second = await generator.GenerateLateChunksAsync(Documents[1], cancellationToken: Token);
        var texts = await generator.GenerateAsync(Documents.SelectMany(chunks => chunks), cancellationToken: Token);

        var late = await model.EmbedChunksAsync(Documents, ChunkKind.Late, Token);
        var plain = await model.EmbedChunksAsync(Documents, ChunkKind.Plain, Token);

        Tolerance.Reference.AssertEqual(Join([.. first, .. second]), late);
        Tolerance.Reference.AssertEqual(Join(texts), plain);
        var dimensions = texts[0].Vector.Length;
        Assert.All(
            late.Chunk(dimensions).Zip(plain.Chunk(dimensions)),
            pair => Assert.InRange(TensorPrimitives.Distance<float>(pair.First, pair.Second), 1e-3f, 2f));
    }

    [Fact]
    public async Task An_export_has_plain_chunks_only()
    {
        using var folder = new TemporaryFolder();
        var directory = JinaEmbeddingModel.FromDirectory(DemoModelCopy.To(folder));
        var checkpoint = await JinaEmbeddingGenerator.CreateAsync(directory, cancellationToken: Token);
        await checkpoint.DisposeAsync();

        // The graph that the library has written is an export under another name.
        File.Copy(folder.File("jina-encoder-fp32.onnx"), folder.File("model.onnx"));

        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = directory, PreferOnnxExport = true });
        var model = new EvalModel(generator, workFolder: "");

        Assert.Equal(4 * 256, (await model.EmbedChunksAsync(Documents, ChunkKind.Plain, Token)).Length);
        var error = await Assert.ThrowsAsync<CommandException>(() => model.EmbedChunksAsync(Documents, ChunkKind.Late, Token));
        Assert.StartsWith($"{folder.File("model.onnx")}: Late chunking needs", error.Message, StringComparison.Ordinal);
    }

    private static float[] Join(IEnumerable<Embedding<float>> embeddings) =>
        [.. embeddings.SelectMany(embedding => embedding.Vector.ToArray())];
}
