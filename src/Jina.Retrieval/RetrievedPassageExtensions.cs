namespace Jina.Retrieval;

/// <summary>Converts passages to a text for a chat model.</summary>
public static class RetrievedPassageExtensions
{
    /// <summary>Returns a text with all passages, each with a number, name and link that a chat model can cite.</summary>
    /// <param name="passages">The passages. The first passage has the number 1.</param>
    /// <returns>
    /// For each passage, a line such as <c>[1] name link</c> and its text. Empty lines separate the passages. Without passages, the
    /// text is empty.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="passages"/> is <see langword="null"/>.</exception>
    public static string ToNumberedText(this IEnumerable<RetrievedPassage> passages)
    {
        ArgumentNullException.ThrowIfNull(passages);
        return string.Join("\n\n", passages.Select((passage, index) => $"{Heading(index + 1, passage)}\n{passage.Text}"));
    }

    private static string Heading(int number, RetrievedPassage passage) =>
        string.Join(' ', new[] { $"[{number}]", passage.Name, passage.Link }.Where(part => !string.IsNullOrEmpty(part)));
}
