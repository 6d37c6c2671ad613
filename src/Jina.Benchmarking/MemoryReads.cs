using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Jina.Benchmarking;

/// <summary>
/// Measures repeated reads of a number of bytes that are divided among threads. Their number matters, because a cache can hold a part
/// of them between two reads, as it does for the weights of a model between two queries.
/// </summary>
internal sealed class MemoryReads
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.1);

    private readonly ulong[][] _shares;

    /// <param name="bytes">The bytes of all threads together.</param>
    /// <param name="threads">The number of threads that measure at the same time.</param>
    public MemoryReads(long bytes, int threads)
    {
        var length = (int)(bytes / threads / sizeof(ulong));
        _shares = [.. Enumerable.Range(0, threads).Select(_ => GC.AllocateUninitializedArray<ulong>(length))];

        // Written first, because the system maps all pages that were never written to a single page of zeros.
        Array.ForEach(_shares, static share => Array.Fill(share, 1UL));
    }

    /// <summary>Returns the bytes per second of one thread.</summary>
    /// <param name="thread">The thread's number, from 0.</param>
    public double MeasureBytesPerSecond(int thread)
    {
        var share = _shares[thread];
        var reads = 0;
        var watch = Stopwatch.StartNew();
        do
        {
            Fold(share);
            reads++;
        }
        while (watch.Elapsed < Duration);

        return (double)reads * share.Length * sizeof(ulong) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Reads all values and returns their exclusive or.</summary>
    /// <remarks>It has four independent results, because a chain of dependent operations can take longer than the reads.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong Fold(ReadOnlySpan<ulong> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (a, b, c, d) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        var width = Vector512<ulong>.Count;
        var read = 0;
        for (; read <= values.Length - (4 * width); read += 4 * width)
        {
            a ^= Vector512.LoadUnsafe(ref first, (nuint)read);
            b ^= Vector512.LoadUnsafe(ref first, (nuint)(read + width));
            c ^= Vector512.LoadUnsafe(ref first, (nuint)(read + (2 * width)));
            d ^= Vector512.LoadUnsafe(ref first, (nuint)(read + (3 * width)));
        }

        var folded = 0UL;
        for (var lane = 0; lane < width; lane++)
        {
            folded ^= (a ^ b ^ c ^ d)[lane];
        }

        foreach (var value in values[read..])
        {
            folded ^= value;
        }

        return folded;
    }
}
