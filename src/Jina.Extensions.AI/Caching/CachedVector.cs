using System.Buffers.Binary;

namespace Jina.Extensions.AI.Caching;

/// <summary>A vector as the cache keeps it, with what a result tells of its text.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Tokens">The tokens of its text, as the model saw them.</param>
/// <param name="Truncated">Whether the text was cut.</param>
internal readonly record struct CachedVector(ReadOnlyMemory<float> Vector, int Tokens, bool Truncated)
{
    private const byte Layout = 1;
    private const int HeaderBytes = 2 + sizeof(int) + sizeof(int);

    /// <summary>Writes the layout's number, whether the text was cut, its tokens, the dimensions, and the floats: little-endian, 10 bytes and 4 per dimension.</summary>
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

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <returns>Null for anything else: whoever asked computes the vector.</returns>
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

        return new CachedVector(vector, tokens, bytes[1] == 1);
    }
}
