using System.Runtime.InteropServices;

namespace Jina.RandomCheckpoints;

/// <summary>Represents a named tensor of nearly normal values. They depend only on the name and the seed, on every machine.</summary>
/// <param name="Name">The name in the state dict.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Type">The type of the stored values.</param>
/// <param name="Seed">The seed of the checkpoint.</param>
/// <param name="Mean">The mean of the values.</param>
/// <param name="Deviation">The standard deviation of the values.</param>
public sealed record RandomWeight(string Name, int[] Shape, WeightType Type, int Seed, double Mean, double Deviation)
{
    private const int ChunkElements = 1 << 16;

    /// <summary>Gets the number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (count, length) => count * length);

    /// <summary>Gets the size in bytes.</summary>
    public long Length => Count * (Type == WeightType.F32 ? 4 : 2);

    /// <summary>Returns all values, rounded to the type.</summary>
    public float[] Values() =>
        [.. Generate().SelectMany(chunk => chunk).Select(value => Type switch
        {
            WeightType.F16 => (float)(Half)value,
            WeightType.BF16 => BitConverter.UInt32BitsToSingle((uint)UpperHalf(value) << 16),
            _ => value,
        })];

    /// <summary>Returns the stored little-endian bytes in chunks. A chunk is valid until the next one is requested.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks(CancellationToken cancellationToken = default)
    {
        foreach (var values in Generate())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Type switch
            {
                WeightType.F16 => MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()).ToArray(),
                WeightType.BF16 => MemoryMarshal.AsBytes(Array.ConvertAll(values, UpperHalf).AsSpan()).ToArray(),
                _ => MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
            };
        }
    }

    /// <summary>Rounds a single to the nearest bfloat16, ties to even.</summary>
    private static ushort UpperHalf(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
    }

    private IEnumerable<float[]> Generate()
    {
        var state = Name.Aggregate((ulong)Seed, (hash, letter) => (hash ^ letter) * 0x100000001b3);
        for (var left = Count; left > 0; left -= ChunkElements)
        {
            var values = new float[Math.Min(left, ChunkElements)];
            foreach (ref var value in values.AsSpan())
            {
                value = (float)(Mean + (Deviation * Normal(Mix(state += 0x9e3779b97f4a7c15))));
            }

            yield return values;
        }
    }

    /// <summary>Applies the finalizer of SplitMix64.</summary>
    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
        return bits ^ (bits >> 31);
    }

    /// <summary>
    /// Returns the sum of four uniform numbers, scaled to variance 1. Integer arithmetic is exact, so all machines agree.
    /// </summary>
    private static double Normal(ulong bits)
    {
        var sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
        return ((sum / 65536.0) - 2) * 1.7320508075688772;
    }
}
