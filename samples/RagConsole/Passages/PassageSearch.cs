using System.Text.RegularExpressions;

namespace RagConsole.Passages;

/// <summary>Specifies how passages are ranked.</summary>
internal enum SearchKind
{
    /// <summary>By the cosine similarity of the vectors.</summary>
    Vector,

    /// <summary>By the words that the passage shares with the question (BM25).</summary>
    Keyword,

    /// <summary>By both rankings, merged.</summary>
    Hybrid,
}

/// <summary>Represents a passage and its score. The meaning of the score depends on the kind of search.</summary>
internal sealed record Hit(Passage Passage, double Score);

/// <summary>Finds the passages for a question.</summary>
internal sealed partial class PassageSearch(PassageStore store)
{
    private const int MaxWords = 512;

    /// <summary>Returns the best passages, best first.</summary>
    public async Task<IReadOnlyList<Hit>> FindAsync(string question, int top, SearchKind kind, CancellationToken cancellationToken)
    {
        var results = kind switch
        {
            SearchKind.Vector => store.Passages.SearchAsync(question, top, cancellationToken: cancellationToken),
            SearchKind.Keyword => store.Passages.KeywordSearchAsync(GetWords(question), top, cancellationToken: cancellationToken),
            _ => store.Passages.HybridSearchAsync(question, GetWords(question), top, cancellationToken: cancellationToken),
        };
        return await results.Select(result => new Hit(result.Record, result.Score!.Value)).ToListAsync(cancellationToken);
    }

    /// <summary>Returns the different words of a question, as many as the store accepts.</summary>
    private static List<string> GetWords(string question) =>
        [.. Word().Matches(question).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxWords)];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
