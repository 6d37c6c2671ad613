using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Represents a set of IDs that needs about 32 bytes for each. It contains their hashes of 128 bits.</summary>
internal sealed class IdSet
{
    private readonly HashSet<UInt128> _hashes = [];

    /// <summary>Adds an ID. Returns false if the set already contains it.</summary>
    public bool Add(string id) => _hashes.Add(XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id.AsSpan())));
}
