using System.Runtime.InteropServices;
using Jina.Extensions.AI.Tokenization;

namespace Jina.Extensions.AI;

/// <summary>Represents the token IDs of one text, which a T5 encoder runs on.</summary>
public readonly struct T5Encoding
{
    private readonly List<int>? _ids;

    internal T5Encoding(List<int> ids, bool truncated, IReadOnlyList<ChunkSpan>? spans = null)
    {
        _ids = ids;
        Truncated = truncated;
        Spans = spans;
    }

    /// <summary>Gets the IDs. The last one is the end token.</summary>
    public IReadOnlyList<int> Ids => _ids ?? (IReadOnlyList<int>)[];

    /// <summary>Gets a value indicating whether the text was truncated.</summary>
    public bool Truncated { get; }

    /// <summary>Gets the spans whose vectors are requested, or <see langword="null"/> for one vector of the whole text.</summary>
    internal IReadOnlyList<ChunkSpan>? Spans { get; }

    /// <summary>Returns the IDs as a span, which is valid as long as this value or its <see cref="Ids"/> are referenced.</summary>
    /// <returns>The same IDs as <see cref="Ids"/>, without interface calls.</returns>
    public ReadOnlySpan<int> AsSpan() => CollectionsMarshal.AsSpan(_ids);
}
