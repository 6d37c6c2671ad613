namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Keeps the best documents of a query. Of equal scores the greater id is the better one, as trec_eval orders them.</summary>
/// <remarks>https://github.com/usnistgov/trec_eval/blob/0e041ae2351fac4ab44c7cab9ff9a8fbcff1ac7b/form_res_rels.c, comp_sim_docno.</remarks>
internal sealed class BestDocuments(int depth)
{
    private readonly PriorityQueue<string, (float Score, string Id)> _worstFirst = new(Comparer<(float Score, string Id)>.Create(Compare));

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

    /// <summary>Returns the ids, best first.</summary>
    public IReadOnlyList<string> Ranking() => [.. _worstFirst.UnorderedItems.OrderByDescending(item => item.Priority, _worstFirst.Comparer).Select(item => item.Element)];

    private static int Compare((float Score, string Id) x, (float Score, string Id) y) =>
        x.Score != y.Score ? x.Score.CompareTo(y.Score) : string.CompareOrdinal(x.Id, y.Id);
}
