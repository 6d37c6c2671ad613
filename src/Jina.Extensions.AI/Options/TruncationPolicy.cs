namespace Jina.Extensions.AI;

/// <summary>Specifies what happens to a text that has more tokens than the limit.</summary>
public enum TruncationPolicy
{
    /// <summary>
    /// The text is truncated: its first tokens and <c>&lt;/s&gt;</c> are embedded. The result has the number of truncated texts.
    /// </summary>
    Truncate,

    /// <summary>The request fails with an <see cref="ArgumentException"/> that names the position of the text.</summary>
    Throw,
}
