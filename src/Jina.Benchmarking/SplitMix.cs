namespace Jina.Benchmarking;

/// <summary>
/// Generates random numbers that depend on the seed only. The sequence of <see cref="Random"/> may change with a version of .NET.
/// </summary>
/// <remarks>SplitMix64, https://prng.di.unimi.it/splitmix64.c.</remarks>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Returns a number from 0 to <paramref name="count"/> - 1. All are equally likely, to one part in 2^32.</summary>
    public int Below(int count)
    {
        var bits = _state += 0x9e3779b97f4a7c15;
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
        bits ^= bits >> 31;
        return (int)(((bits >> 32) * (uint)count) >> 32);
    }
}
