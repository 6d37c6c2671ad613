using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace RagConsole.Search;

/// <summary>Passages and their vectors in memory; a search compares the question with every one of them.</summary>
internal sealed class PassageIndex
{
    private const int BatchSize = 32;

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly List<(Passage Passage, ReadOnlyMemory<float> Vector)> _entries = [];

    private PassageIndex(IEmbeddingGenerator<string, Embedding<float>> generator) => _generator = generator;

    /// <summary>Embeds the passages, a batch at a time.</summary>
    /// <param name="generator">The embedding model.</param>
    /// <param name="passages">The passages.</param>
    /// <param name="embedded">Told after each batch how many passages are done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<PassageIndex> CreateAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, IReadOnlyList<Passage> passages, Action<int> embedded, CancellationToken cancellationToken)
    {
        var index = new PassageIndex(generator);
        foreach (var batch in passages.Chunk(BatchSize))
        {
            var embeddings = await generator.GenerateAsync(batch.Select(passage => passage.Text), cancellationToken: cancellationToken);
            index._entries.AddRange(batch.Zip(embeddings, (passage, embedding) => (passage, embedding.Vector)));
            embedded(index._entries.Count);
        }

        return index;
    }

    /// <summary>Returns the passages nearest to a question, best first.</summary>
    public async Task<IReadOnlyList<Hit>> SearchAsync(string question, int top, CancellationToken cancellationToken)
    {
        var vector = await _generator.GenerateVectorAsync(question, cancellationToken: cancellationToken);
        return
        [
            .. _entries
                .Select(entry => new Hit(entry.Passage, TensorPrimitives.CosineSimilarity(vector.Span, entry.Vector.Span)))
                .OrderByDescending(hit => hit.Score)
                .Take(top),
        ];
    }
}
