using Jina.VectorData.Sqlite.Storage;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>What a search by keyword looks for.</summary>
/// <param name="Match">The query in the language of FTS5.</param>
/// <param name="Count">The most hits to return.</param>
internal sealed record KeywordQuery(string Match, int Count)
{
    /// <summary>Looks for any of the keywords in a column; a keyword of several words means these words next to each other.</summary>
    /// <returns>The query; null where no keyword holds anything.</returns>
    public static KeywordQuery? Of(IEnumerable<string> keywords, string column, int count)
    {
        // Quoted, a keyword is text and none of the language. NUL would end the query.
        var phrases = keywords.Select(keyword => keyword.Replace('\0', ' ')).Where(keyword => !string.IsNullOrWhiteSpace(keyword)).Select(SqlName.Quote).ToList();
        return phrases.Count == 0 ? null : new KeywordQuery($"{{{SqlName.Quote(column)}}} : ({string.Join(" OR ", phrases)})", count);
    }
}
