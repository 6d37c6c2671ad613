namespace Jina.Extensions.AI;

/// <summary>What happens to a text of more tokens than the limit.</summary>
public enum TruncationPolicy
{
    /// <summary>The first tokens and <c>&lt;/s&gt;</c> are embedded; the result says how many texts were cut.</summary>
    Truncate,

    /// <summary>The call fails with an <see cref="ArgumentException"/> that names the text by its position.</summary>
    Throw,
}
