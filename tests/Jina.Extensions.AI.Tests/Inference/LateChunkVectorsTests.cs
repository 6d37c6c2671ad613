using System.Text.Json;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Extensions.AI.Tokenization;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Compares late chunking with vectors that tools/encoder-oracle/late_chunks.py computed in double precision.</summary>
public sealed class LateChunkVectorsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public sealed record Golden(string[] Chunks, int[][] Ids, double[][] Vectors, double[][] Tokens);

    [Fact]
    public void Single_tokens_have_the_reference_vectors()
    {
        var golden = Read().First(document => document.Tokens.Length > 0);
        int[] ids = [.. golden.Ids.SelectMany(chunk => chunk), 1];
        ChunkSpan[] spans = [.. Enumerable.Range(0, ids.Length - 1).Select(i => new ChunkSpan(i, i, i + 1))];
        var graph = new ModelDirectory(DemoModel.Folder).EnsureGraph(DemoModel.Folder, output: EncoderOutput.Tokens);
        using var session = EncoderSession.Open(graph.Path);

        // The neighbor is longer, so the text is padded.
        var sums = session.Run([new T5Encoding([.. ids], false, spans), new T5Encoding([.. ids, .. ids], false)], Token)[0];

        Assert.Equal(spans.Length * DemoModel.Dimensions, sums.Length);
        Assert.All(
            golden.Tokens.Zip(sums.Chunk(DemoModel.Dimensions)),
            pair => Tolerance.Reference.AssertEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task Chunks_have_the_reference_ids_and_vectors()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, Normalize = false });
        var tokenizer = await generator.GetTokenizerAsync(Token);

        foreach (var golden in Read())
        {
            var embeddings = await generator.GenerateLateChunksAsync(golden.Chunks, cancellationToken: Token);

            Assert.Equal(golden.Ids, golden.Chunks.Select(chunk => tokenizer.Encode(chunk, int.MaxValue).Ids.SkipLast(1).ToArray()));
            Assert.Equal(golden.Chunks.Length, embeddings.Count);
            Assert.All(
                golden.Vectors.Zip(embeddings), pair => Tolerance.Reference.AssertEqual(pair.First, pair.Second.Vector.Span));
        }
    }

    [Fact]
    public void The_documents_include_one_in_several_windows_and_a_chunk_in_several_windows()
    {
        var lengths = Read().Select(golden => golden.Ids.Sum(ids => ids.Length)).ToArray();

        Assert.Contains(lengths, length => length > 2 * 511);
        Assert.Contains(Read(), golden => golden.Ids.Any(ids => ids.Length > 511));
    }

    private static Golden[] Read() => JsonSerializer.Deserialize<Golden[]>(
        File.ReadAllBytes(RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Inference", "Fixtures", "demo-en-late-chunks.json")),
        JsonSerializerOptions.Web)!;
}
