using System.Numerics.Tensors;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Compares queries with blocks of documents, and keeps the best documents of each query.</summary>
/// <param name="queries">The IDs and vectors of unit length of the queries.</param>
/// <param name="depth">The number of documents to keep.</param>
/// <param name="ignoreIdenticalIds">Whether a document with the query's ID is skipped.</param>
internal sealed class ExactSearch(IReadOnlyList<(string Id, ReadOnlyMemory<float> Vector)> queries, int depth, bool ignoreIdenticalIds)
{
    private readonly BestDocuments[] _best = [.. queries.Select(_ => new BestDocuments(depth))];

    /// <summary>Compares the next documents with all queries.</summary>
    /// <param name="ids">The IDs of the documents. Adjacent equal IDs are chunks of one document, whose score is the best of them.</param>
    /// <param name="vectors">The vectors of unit length of the documents or chunks, one after the other.</param>
    public void Add(IReadOnlyList<string> ids, float[] vectors)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, queries.Count, options, query => Compare(query, ids, vectors));
    }

    /// <summary>Returns the IDs of the best documents of a query, best first.</summary>
    public IReadOnlyList<string> Ranking(int query) => _best[query].Ranking();

    private void Compare(int index, IReadOnlyList<string> ids, float[] vectors)
    {
        var id = queries[index].Id;
        var query = queries[index].Vector.Span;
        for (var i = 0; i < ids.Count;)
        {
            var document = ids[i];
            var score = float.NegativeInfinity;
            for (; i < ids.Count && ids[i] == document; i++)
            {
                score = Math.Max(score, TensorPrimitives.Dot(query, vectors.AsSpan(i * query.Length, query.Length)));
            }

            if (!(ignoreIdenticalIds && document == id))
            {
                _best[index].Offer(score, document);
            }
        }
    }

    /// <summary>Keeps the best documents of a query. Among equal scores the greater ID is better, as in trec_eval.</summary>
    /// <remarks>
    /// https://github.com/usnistgov/trec_eval/blob/0e041ae2351fac4ab44c7cab9ff9a8fbcff1ac7b/form_res_rels.c, comp_sim_docno.
    /// </remarks>
    private sealed class BestDocuments(int depth)
    {
        private readonly PriorityQueue<string, (float Score, string Id)> _worstFirst =
            new(Comparer<(float Score, string Id)>.Create(Compare));

        public void Offer(float score, string id)
        {
            if (_worstFirst.Count < depth)
            {
                _worstFirst.Enqueue(id, (score, id));
            }
            else if (_worstFirst.TryPeek(out _, out var worst) && score >= worst.Score)
            {
                _worstFirst.EnqueueDequeue(id, (score, id));
            }
        }

        public IReadOnlyList<string> Ranking() =>
            [.. _worstFirst.UnorderedItems.OrderByDescending(item => item.Priority, _worstFirst.Comparer).Select(item => item.Element)];

        private static int Compare((float Score, string Id) x, (float Score, string Id) y) =>
            x.Score != y.Score ? x.Score.CompareTo(y.Score) : string.CompareOrdinal(x.Id, y.Id);
    }
}
