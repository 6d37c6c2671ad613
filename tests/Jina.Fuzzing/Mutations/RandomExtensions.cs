namespace Jina.Fuzzing.Mutations;

/// <summary>Adds choices to <see cref="Random"/>.</summary>
internal static class RandomExtensions
{
    private static readonly long[] Edges =
    [
        0, 1, 2, 3, 4, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000,
        100_000_000, 0x7fffffff, 0x80000000, 0xffffffff,
        0x100000000, 0x3fffffffffffffff, long.MaxValue, long.MinValue, -1, -2, -8,
    ];

    public static T Pick<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    /// <summary>Returns a number at which programs often fail, or a neighbor of it.</summary>
    public static long Edge(this Random random) => unchecked(random.Pick(Edges) + random.Next(-1, 2));
}
