using System.Text.RegularExpressions;

namespace RagConsole.Retrieval;

/// <summary>Finds the passages for a question.</summary>
internal sealed partial class PassageSearch(PassageStore store)
{
    /// <summary>Returns the best passages, best first.</summary>
    public async Task<IReadOnlyList<Hit>> FindAsync(string question, int top, SearchKind kind, CancellationToken cancellationToken)
    {
        var results = kind switch
        {
            SearchKind.Vector => store.Passages.SearchAsync(question, top, cancellationToken: cancellationToken),
            SearchKind.Keyword => store.Passages.KeywordSearchAsync(Words(question), top, cancellationToken: cancellationToken),
            _ => store.Passages.HybridSearchAsync(question, Words(question), top, cancellationToken: cancellationToken),
        };
        return await results.Select(result => new Hit(result.Record, result.Score!.Value)).ToListAsync(cancellationToken);
    }

    private static List<string> Words(string question) => [.. Word().Matches(question).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase)];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
