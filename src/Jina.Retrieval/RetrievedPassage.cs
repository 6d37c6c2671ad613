namespace Jina.Retrieval;

/// <summary>Represents a text that a search found, with its source.</summary>
public sealed class RetrievedPassage
{
    /// <summary>Initializes a new instance of the <see cref="RetrievedPassage"/> class.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the source, for example a title or a file with lines. Optional.</param>
    /// <param name="link">The address of the source. Optional.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public RetrievedPassage(string text, string? name = null, string? link = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        (Text, Name, Link) = (text, name, link);
    }

    /// <summary>Gets the text.</summary>
    public string Text { get; }

    /// <summary>Gets the name of the source. If <see langword="null"/>, the source has no name.</summary>
    public string? Name { get; }

    /// <summary>Gets the address of the source. If <see langword="null"/>, the source has no address.</summary>
    public string? Link { get; }
}
