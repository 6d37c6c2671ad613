using System.Numerics.Tensors;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Compares queries with blocks of documents, and keeps the best of each query.</summary>
/// <param name="queries">Their ids and vectors, of unit length.</param>
/// <param name="depth">How many documents are kept.</param>
/// <param name="ignoreIdenticalIds">Whether a document with the query's id is passed over.</param>
internal sealed class ExactSearch(IReadOnlyList<(string Id, ReadOnlyMemory<float> Vector)> queries, int depth, bool ignoreIdenticalIds)
{
    private readonly BestDocuments[] _best = [.. queries.Select(_ => new BestDocuments(depth))];

    /// <summary>Takes the next documents.</summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="vectors">Their vectors of unit length, one after the other.</param>
    public void Add(IReadOnlyList<string> ids, float[] vectors) => Parallel.For(
        0, queries.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, query => Compare(query, ids, vectors));

    /// <summary>Returns the ids of the best documents of a query, best first.</summary>
    public IReadOnlyList<string> Ranking(int query) => _best[query].Ranking();

    private void Compare(int index, IReadOnlyList<string> ids, float[] vectors)
    {
        var id = queries[index].Id;
        var query = queries[index].Vector.Span;
        for (var i = 0; i < ids.Count; i++)
        {
            if (!(ignoreIdenticalIds && ids[i] == id))
            {
                _best[index].Offer(TensorPrimitives.Dot(query, vectors.AsSpan(i * query.Length, query.Length)), ids[i]);
            }
        }
    }
}
