namespace RagConsole.Answers;

/// <summary>Orders the texts that a search found. A reranker reads question and text together, which a search cannot do.</summary>
internal interface IReranker
{
    /// <summary>
    /// Returns the indexes of texts, beginning with the text that answers the question best. The other texts follow in the order of the
    /// search.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="texts">The texts, in the order of the search.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<int>> RankAsync(string question, IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
