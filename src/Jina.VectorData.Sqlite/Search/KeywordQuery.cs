using System.Text.RegularExpressions;
using Jina.VectorData.Sqlite.Storage;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Represents a query for the full-text index.</summary>
/// <param name="Any">The FTS5 query for rows with any of the keywords.</param>
/// <param name="Each">The FTS5 queries for rows with each of the keywords that have words.</param>
internal sealed partial record KeywordQuery(string Any, IReadOnlyList<string> Each)
{
    /// <summary>
    /// The maximum number of words. For each of them, SQLite reads its occurrences and compares every found row. A text of 512 tokens,
    /// which is the limit of the embedding models, has fewer.
    /// </summary>
    public const int MaxWords = 512;

    /// <summary>The maximum number of characters: a tokenizer can make a word of each, and words have fewer than 32 on average.</summary>
    public const int MaxCharacters = MaxWords * 32;

    /// <summary>Creates the query for any of the keywords in a column. Several words in one keyword are a phrase.</summary>
    /// <returns>The query, or <see langword="null"/> if all keywords are blank.</returns>
    /// <exception cref="ArgumentException">There are too many words, or a keyword is null.</exception>
    public static KeywordQuery? Create(IEnumerable<string> keywords, string column)
    {
        var phrases = new HashSet<string>(StringComparer.Ordinal);
        var (words, characters) = (0, 0L);
        foreach (var keyword in keywords)
        {
            // A repeated keyword has the same rows again, so it counts once.
            var phrase = Normalize(keyword);
            if (phrase.Length == 0 || !phrases.Add(phrase))
            {
                continue;
            }

            // A keyword is counted before the next one is read, and only as far as the limit.
            characters += phrase.Length;
            words += characters > MaxCharacters ? 0 : Math.Max(1, Word().Count(phrase));
            if (words > MaxWords || characters > MaxCharacters)
            {
                throw new ArgumentException(
                    $"The keywords have more than {MaxWords} different words or {MaxCharacters} characters. "
                    + "Each word is searched on its own. Pass the words that matter, or search by vector for long texts.",
                    nameof(keywords));
            }
        }

        return phrases.Count == 0
            ? null
            : new KeywordQuery(
                InColumn(string.Join(" OR ", phrases.Select(Sql.Quote))),
                [.. phrases.Where(phrase => Word().IsMatch(phrase)).Select(phrase => InColumn(Sql.Quote(phrase)))]);

        // A quoted keyword is text, not query syntax.
        string InColumn(string query) => $"{{{Sql.Quote(column)}}} : ({query})";
    }

    /// <summary>Returns the words of a keyword, separated by one space. A NUL character would end the query.</summary>
    private static string Normalize(string? keyword) => string.Join(
        ' ',
        (keyword ?? throw new ArgumentException("A keyword is null. Remove it, or pass an empty collection.", nameof(keyword)))
            .Replace('\0', ' ')
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Finds words as the default tokenizer of the full-text index does. A mark alone, such as the variation selector of an emoji, is not
    /// a word.
    /// </summary>
    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")]
    public static partial Regex Word();
}
