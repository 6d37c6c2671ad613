using System.Buffers.Binary;
using System.Numerics.Tensors;

namespace Jina.Extensions.AI.Caching;

/// <summary>Represents an entry of the cache: a vector, and the facts about its text that a result reports.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Tokens">The number of tokens of the text, after truncation.</param>
/// <param name="Truncated">Whether the text was truncated.</param>
internal readonly record struct CachedVector(ReadOnlyMemory<float> Vector, int Tokens, bool Truncated)
{
    private const byte Layout = 1;
    private const int HeaderBytes = 2 + sizeof(int) + sizeof(int);

    /// <summary>Converts the entry to bytes: 10 bytes plus 4 per dimension.</summary>
    /// <remarks>
    /// In this order, all little-endian: the number of the layout, whether the text was truncated, the tokens, the dimensions, and the
    /// components.
    /// </remarks>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + (Vector.Length * sizeof(float))];
        bytes[0] = Layout;
        bytes[1] = Truncated ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), Tokens);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2 + sizeof(int)), Vector.Length);
        var floats = bytes.AsSpan(HeaderBytes);
        for (var i = 0; i < Vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(floats[(i * sizeof(float))..], Vector.Span[i]);
        }

        return bytes;
    }

    /// <summary>Reads the bytes that <see cref="ToBytes"/> returns.</summary>
    /// <returns>The entry, or <see langword="null"/> for any other bytes, so that the vector is computed again.</returns>
    public static CachedVector? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != Layout || bytes[1] > 1)
        {
            return null;
        }

        var tokens = BinaryPrimitives.ReadInt32LittleEndian(bytes[2..]);
        var dimensions = BinaryPrimitives.ReadInt32LittleEndian(bytes[(2 + sizeof(int))..]);
        if (tokens < 1 || dimensions < 1 || bytes.Length != HeaderBytes + ((long)dimensions * sizeof(float)))
        {
            return null;
        }

        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(HeaderBytes + (i * sizeof(float)))..]);
        }

        // No model returns such a vector, so the entry is damaged, or was written before vectors were checked.
        return TensorPrimitives.IsFiniteAll<float>(vector) && vector.AsSpan().ContainsAnyExcept(0f)
            ? new CachedVector(vector, tokens, bytes[1] == 1)
            : null;
    }
}
