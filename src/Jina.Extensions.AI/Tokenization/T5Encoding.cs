using System.Runtime.InteropServices;

namespace Jina.Extensions.AI;

/// <summary>The ids of one text, as a T5 encoder takes them.</summary>
public readonly struct T5Encoding
{
    private readonly List<int>? _ids;

    internal T5Encoding(List<int> ids, bool truncated)
    {
        _ids = ids;
        Truncated = truncated;
    }

    /// <summary>Gets the ids; the last one is the end token.</summary>
    public IReadOnlyList<int> Ids => _ids ?? (IReadOnlyList<int>)[];

    /// <summary>Gets a value indicating whether the text has more ids than were asked for.</summary>
    public bool Truncated { get; }

    /// <summary>Gets the ids without interface calls; valid as long as this value or its <see cref="Ids"/> are referenced.</summary>
    /// <returns>The same ids as <see cref="Ids"/>.</returns>
    public ReadOnlySpan<int> AsSpan() => CollectionsMarshal.AsSpan(_ids);
}
