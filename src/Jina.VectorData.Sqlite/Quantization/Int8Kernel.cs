using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Jina.VectorData.Sqlite.Quantization;

/// <summary>Computes exact dot products of int8 codes with a 13-bit query. All paths return the same number.</summary>
internal static class Int8Kernel
{
    /// <summary>The largest magnitude of a component of the query.</summary>
    public const int MaxQuery = 4095;

    /// <summary>The components whose sum always fits in an int: 127 * 4,095 * 4,096 is below 2^31.</summary>
    private const int PieceLength = 4096;

    public static long Dot(ReadOnlySpan<sbyte> codes, ReadOnlySpan<short> query)
    {
        var total = 0L;
        for (var start = 0; start < codes.Length; start += PieceLength)
        {
            var length = Math.Min(PieceLength, codes.Length - start);
            var left = codes.Slice(start, length);
            var right = query.Slice(start, length);
            total += Avx512BW.IsSupported ? Dot512(left, right)
                : Avx2.IsSupported ? Dot256(left, right)
                : Dot128(left, right);
        }

        return total;
    }

    internal static int Dot512(ReadOnlySpan<sbyte> codes, ReadOnlySpan<short> query)
    {
        ref var code = ref MemoryMarshal.GetReference(codes);
        ref var other = ref MemoryMarshal.GetReference(query);
        var (sums, others) = (Vector512<int>.Zero, Vector512<int>.Zero);
        var i = 0;
        for (; i <= codes.Length - (2 * Vector512<short>.Count); i += 2 * Vector512<short>.Count)
        {
            sums += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref code, (nuint)i)),
                Vector512.LoadUnsafe(ref other, (nuint)i));
            others += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref code, (nuint)(i + Vector512<short>.Count))),
                Vector512.LoadUnsafe(ref other, (nuint)(i + Vector512<short>.Count)));
        }

        return Vector512.Sum(sums + others) + (i == codes.Length ? 0 : DotPortable(codes[i..], query[i..]));
    }

    internal static int Dot256(ReadOnlySpan<sbyte> codes, ReadOnlySpan<short> query)
    {
        ref var code = ref MemoryMarshal.GetReference(codes);
        ref var other = ref MemoryMarshal.GetReference(query);
        var sums = Vector256<int>.Zero;
        var i = 0;
        for (; i <= codes.Length - Vector256<short>.Count; i += Vector256<short>.Count)
        {
            var wide = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref code, (nuint)i));
            sums += Avx2.MultiplyAddAdjacent(wide, Vector256.LoadUnsafe(ref other, (nuint)i));
        }

        return Vector256.Sum(sums) + DotPortable(codes[i..], query[i..]);
    }

    internal static int Dot128(ReadOnlySpan<sbyte> codes, ReadOnlySpan<short> query)
    {
        ref var code = ref MemoryMarshal.GetReference(codes);
        ref var other = ref MemoryMarshal.GetReference(query);
        var sums = Vector128<int>.Zero;
        var i = 0;
        for (; i <= codes.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref code, (nuint)i));
            sums += Multiply(low, Vector128.LoadUnsafe(ref other, (nuint)i));
            sums += Multiply(high, Vector128.LoadUnsafe(ref other, (nuint)(i + Vector128<short>.Count)));
        }

        return Vector128.Sum(sums) + DotPortable(codes[i..], query[i..]);
    }

    internal static int DotPortable(ReadOnlySpan<sbyte> codes, ReadOnlySpan<short> query)
    {
        var sum = 0;
        for (var i = 0; i < codes.Length; i++)
        {
            sum += codes[i] * query[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Multiply(Vector128<short> left, Vector128<short> right)
    {
        var (leftLow, leftHigh) = Vector128.Widen(left);
        var (rightLow, rightHigh) = Vector128.Widen(right);
        return (leftLow * rightLow) + (leftHigh * rightHigh);
    }
}
