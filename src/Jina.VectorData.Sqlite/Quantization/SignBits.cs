using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Jina.VectorData.Sqlite.Quantization;

/// <summary>Represents vectors by the signs of their components. The more signs differ, the larger the angle tends to be.</summary>
internal static class SignBits
{
    private const int BitsPerWord = 64;

    /// <summary>Returns the length of the bits of a vector in bytes: whole words of 64 bits.</summary>
    public static int Length(int dimensions) => (dimensions + BitsPerWord - 1) / BitsPerWord * sizeof(ulong);

    /// <summary>Writes one bit per component: 1 if it is negative.</summary>
    public static void Write(scoped ReadOnlySpan<sbyte> components, Span<byte> bits)
    {
        Span<sbyte> last = stackalloc sbyte[BitsPerWord];
        foreach (ref var word in MemoryMarshal.Cast<byte, ulong>(bits))
        {
            if (components.Length < BitsPerWord)
            {
                components.CopyTo(last);
                components = last;
            }

            word = Vector512.Create(components).ExtractMostSignificantBits();
            components = components[BitsPerWord..];
        }
    }

    /// <summary>Returns the number of components whose signs differ.</summary>
    public static int CountDifferent(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var leftWords = MemoryMarshal.Cast<byte, ulong>(left);
        var rightWords = MemoryMarshal.Cast<byte, ulong>(right);
        var count = 0;
        for (var i = 0; i < leftWords.Length; i++)
        {
            count += BitOperations.PopCount(leftWords[i] ^ rightWords[i]);
        }

        return count;
    }
}
