using Jina.Embeddings.Tool.Output;
using Jina.Evaluation.Datasets;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Embeds the titles and sentences of a corpus and compares them with the queries. The vectors are not kept.</summary>
internal static class ChunkedCorpus
{
    /// <summary>The number of documents that are embedded together: enough for all threads.</summary>
    private const int BlockSize = 64;

    /// <summary>Compares all chunks with the queries. Returns the numbers of documents and chunks.</summary>
    public static async Task<(int Documents, int Chunks)> SearchAsync(
        BeirFolder corpus, EvalModel model, ChunkKind kind, ExactSearch search, CancellationToken cancellationToken)
    {
        using var progress = new ProgressDisplay();
        var (documents, chunks) = (0, 0);
        foreach (var block in corpus.Documents().Chunk(BlockSize))
        {
            var parts = await model.KeepTextsAsync(block.Select(Split), cancellationToken);
            var vectors = await model.EmbedChunksAsync(parts, kind, cancellationToken);
            var ids = block.Zip(parts).SelectMany(pair => Enumerable.Repeat(pair.First.Id, pair.Second.Count));
            search.Add([.. ids], vectors);
            documents += block.Length;
            chunks += parts.Sum(texts => texts.Count);
            progress.Report(chunks);
        }

        return (documents, chunks);
    }

    /// <summary>Returns the title and the sentences of a document.</summary>
    private static IReadOnlyList<string> Split(BeirDocument document) => [document.Title, .. Sentences.Split(document.Text)];
}

/// <summary>Specifies how the sentences of a document are embedded.</summary>
internal enum ChunkKind
{
    /// <summary>Each sentence alone.</summary>
    Plain,

    /// <summary>All sentences of a document together, by late chunking.</summary>
    Late,
}
