using System.Collections.Frozen;
using Jina.VectorData.Sqlite.Search;

namespace Jina.VectorData.Sqlite;

/// <summary>Converts questions to the keywords of a keyword or hybrid search.</summary>
public static class Keywords
{
    /// <summary>Gets frequent English words that say little about a subject, such as "the" and "how". Case does not matter.</summary>
    public static IReadOnlySet<string> EnglishStopWords { get; } = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "a", "an", "the", "this", "that", "these", "those",
            "i", "me", "my", "you", "your", "he", "him", "his", "she", "her", "it", "its", "we", "us", "our", "they", "them", "their",
            "am", "are", "be", "been", "being", "is", "was", "were", "has", "have", "had", "having",
            "do", "does", "did", "done", "can", "could", "may", "might", "must", "shall", "should", "will", "would",
            "what", "which", "who", "whom", "whose", "when", "where", "why", "how",
            "and", "but", "if", "or", "so", "than", "then", "because", "while",
            "about", "as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "with",
            "also", "any", "some", "such", "there", "here", "just", "please", "too", "very",
        ]);

    /// <summary>Returns the different words of a question.</summary>
    /// <param name="question">The question, or any other text.</param>
    /// <returns>
    /// The words in the order of the question. At most 512 words and 16,384 characters are returned, which are the limits of a search;
    /// words beyond them are left out. A text without letters and digits has no words.
    /// </returns>
    /// <remarks>
    /// Words are separated as by the default tokenizer of the full-text index: a word consists of letters and digits, with their marks.
    /// Words that differ only by case count as one. Pass the result to
    /// <see cref="SqliteCollection{TKey, TRecord}.HybridSearchAsync{TInput}"/> or to
    /// <see cref="SqliteCollection{TKey, TRecord}.KeywordSearchAsync"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="question"/> is <see langword="null"/>.</exception>
    public static string[] FromQuestion(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return FindWords(question, _ => true);
    }

    /// <summary>Returns the different words of a question without stop words.</summary>
    /// <remarks>
    /// Most records contain a stop word, and a search compares all records with one of the keywords. So searches of large collections are
    /// faster without them, and their results are similar. The words are those of <see cref="FromQuestion(string)"/>.
    /// </remarks>
    /// <param name="question">The question, or any other text.</param>
    /// <param name="stopWords">
    /// The words to leave out, for example <see cref="EnglishStopWords"/>. The set determines whether case matters.
    /// </param>
    /// <returns>The other words in the order of the question. If the question has only stop words, they are all returned.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="question"/> or <paramref name="stopWords"/> is <see langword="null"/>.
    /// </exception>
    public static string[] FromQuestion(string question, IReadOnlySet<string> stopWords)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(stopWords);
        var words = FindWords(question, word => !stopWords.Contains(word));
        return words.Length > 0 ? words : FromQuestion(question);
    }

    private static string[] FindWords(string question, Func<string, bool> isWanted)
    {
        var words = new List<string>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var characters = 0;
        foreach (var match in KeywordQuery.Word().EnumerateMatches(question))
        {
            if (words.Count == KeywordQuery.MaxWords)
            {
                break;
            }

            // The length is checked first, so that a word of a million characters is not copied.
            if (characters + match.Length > KeywordQuery.MaxCharacters)
            {
                continue;
            }

            var word = question.Substring(match.Index, match.Length);
            if (isWanted(word) && known.Add(word))
            {
                words.Add(word);
                characters += word.Length;
            }
        }

        return [.. words];
    }
}
