namespace RagConsole.Retrieval;

/// <summary>What passages are ranked by.</summary>
internal enum SearchKind
{
    /// <summary>The cosine of the angle between their vector and the question's.</summary>
    Vector,

    /// <summary>The words that they share with the question (BM25).</summary>
    Keyword,

    /// <summary>Both rankings, merged.</summary>
    Hybrid,
}
