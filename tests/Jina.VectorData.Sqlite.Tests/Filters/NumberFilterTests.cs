using System.Linq.Expressions;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Tests conversions and edges of numbers in filters.</summary>
public sealed class NumberFilterTests : IDisposable
{
    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Conversions_that_lose_a_part_are_computed_as_in_NET()
    {
        var samples = await StoreAsync(
            new() { Key = 1, Precise = 3.9, Number = 257, Large = 4_294_967_297, Flags = Letters.A },
            new() { Key = 2, Precise = 0.37, Number = 1, Large = 1, Flags = Letters.A | Letters.C },
            new() { Key = 3, Precise = 3, Number = -255, Large = -1, Ratio = 0.37f });

        Check(samples, r => (int)r.Precise == 3, 1, 3);
        Check(samples, r => (byte)r.Number == 1, 1, 2, 3);
        Check(samples, r => (float)r.Precise == 0.37f, 2);
        Check(samples, r => r.Precise == 0.37f);
        Check(samples, r => r.Ratio == 0.37f, 3);
        Check(samples, r => r.Ratio == 0.37);
        Check(samples, r => (int)r.Large == 1, 1, 2);
        Check(samples, r => (ulong)r.Large > long.MaxValue, 3);
        Check(samples, r => (uint)r.Number == 4294967041, 3);
        Check(samples, r => (char)r.Number == 'ā', 1);
        Check(samples, r => r.Number / 2 == 128, 1);
        Check(samples, r => r.Number % 2 == 1, 1, 2);
        Check(samples, r => (r.Number & 0xFF) == 1, 1, 2, 3);
        Check(samples, r => (int)(decimal)r.Precise == 3, 1, 3);
        Check(samples, r => r.Flags.HasFlag(Letters.C), 2);
        Check(samples, r => (r.Flags & Letters.A) != 0, 1, 2);
        Check(samples, r => new[] { 3 }.Contains((int)r.Precise), 1, 3);
        Check(samples, r => Math.Round(r.Precise) == 4, 1);
    }

    [Fact]
    public async Task A_checked_conversion_that_overflows_fails_and_is_named()
    {
        var samples = await StoreAsync(new Sample { Key = 1, Number = 257 });

        var error = await Assert.ThrowsAsync<VectorStoreException>(
            () => samples.GetAsync(r => checked((byte)r.Number) == 1, 1).ToListAsync().AsTask());

        Assert.Contains("Arithmetic operation resulted in an overflow.", error.Message, StringComparison.Ordinal);
        Assert.Equal([1], await samples.GetAsync(r => checked((long)r.Number) == 257, 1).Select(r => r.Key).ToListAsync());
    }

    [Fact]
    public async Task Every_double_is_found_in_lists_and_arrays()
    {
        var random = new Random(7);
        var numbers = Enumerable.Range(0, 2_000)
            .Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64()))
            .Concat(Enumerable.Range(0, 1_000).Select(_ => (double)random.NextInt64(1L << 53, long.MaxValue)))
            .Concat([double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -0.0])
            .Where(number => !double.IsNaN(number))
            .ToList();
        var samples = await StoreAsync([.. numbers.Select((number, i) => new Sample { Key = i, Precise = number, Doubles = [number] })]);

        Assert.Equal(numbers.Count, await samples.GetAsync(r => numbers.Contains(r.Precise), 5_000).CountAsync());
        Assert.Equal(numbers.Count, await samples.GetAsync(r => r.Doubles!.Contains(r.Precise), 5_000).CountAsync());
        Assert.Equal(numbers.Count, await samples.GetAsync(r => r.Doubles!.Any(d => numbers.Contains(d)), 5_000).CountAsync());
        Assert.Equal(numbers, await samples.GetAsync(_ => true, 5_000).Select(r => r.Doubles!.Single()).ToListAsync());
    }

    [Fact]
    public async Task Infinity_and_NaN_have_the_meaning_of_NET()
    {
        var nan = double.NaN;
        double[] sought = [nan, double.PositiveInfinity];
        var samples = await StoreAsync(
            new() { Key = 1, Precise = double.PositiveInfinity, Ratio = float.NegativeInfinity, Doubles = [double.NegativeInfinity] },
            new() { Key = 2, Precise = double.MaxValue, MaybePrecise = 0, Doubles = [0] });

        Check(samples, r => sought.Contains(r.Precise), 1);
        Check(samples, r => r.Precise == nan);
        Check(samples, r => r.Precise != nan, 1, 2);
        Check(samples, r => r.Precise < nan || r.Precise >= nan);
        Check(samples, r => double.IsInfinity(r.Precise), 1);
        Check(samples, r => r.Precise > double.MaxValue, 1);
        Check(samples, r => r.Ratio == float.NegativeInfinity, 1);
        Check(samples, r => r.Doubles!.Contains(double.NegativeInfinity), 1);
        Check(samples, r => r.MaybePrecise == nan);
        Check(samples, r => r.MaybePrecise <= 0.0, 2);
        var stored = await Assert.ThrowsAnyAsync<ArgumentException>(
            () => samples.UpsertAsync(new Sample { Key = 3, Doubles = [double.NaN] }));
        Assert.Contains("NaN cannot be stored", stored.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edges_of_integers_and_decimals_have_the_meaning_of_NET()
    {
        var samples = await StoreAsync(
            new() { Key = 1, UnsignedLarge = long.MaxValue, Large = (1L << 53) + 1, Price = 1.50m },
            new() { Key = 2, UnsignedLarge = 1, Large = 1L << 53, Price = decimal.MaxValue, MaybeNumber = 5, Decimals = [1.5m] });
        int? none = null;

        Check(samples, r => r.UnsignedLarge < ulong.MaxValue, 1, 2);
        Check(samples, r => r.UnsignedLarge == ulong.MaxValue);
        Check(samples, r => new[] { ulong.MaxValue, 1ul }.Contains(r.UnsignedLarge), 2);
        Check(samples, r => r.Large == 9007199254740992.0, 1, 2);
        Check(samples, r => r.Large == 1L << 53, 2);
        Check(samples, r => r.Price == 1.5m, 1);
        Check(samples, r => r.Price > 1, 1, 2);
        Check(samples, r => r.Price == r.Large);
        Check(samples, r => r.Decimals!.Contains(1.500m), 2);
        Check(samples, r => r.MaybeNumber == none, 1);
        Check(samples, r => r.MaybeNumber + 1 == 6, 2);
        Check(samples, r => r.MaybeNumber + 1 == none, 1);
        Check(samples, r => r.MaybeNumber > none || r.MaybeNumber <= none);
        Check(samples, r => (long?)r.MaybeNumber == 5L, 2);
        Check(samples, r => (byte?)r.MaybeNumber == 5, 2);
    }

    private static void Check(VectorStoreCollection<int, Sample> samples, Expression<Func<Sample, bool>> filter, params int[] expected)
    {
        var found = samples.GetAsync(filter, 100).ToBlockingEnumerable().Select(r => r.Key).ToList();
        var inMemory = samples.GetAsync(_ => true, 100).ToBlockingEnumerable().Where(filter.Compile()).Select(r => r.Key);
        Assert.True(expected.SequenceEqual(found), $"{filter}: {string.Join(", ", found)}");
        Assert.Equal(expected, inMemory);
    }

    private async Task<VectorStoreCollection<int, Sample>> StoreAsync(params Sample[] records)
    {
        var collection = _file.Store.GetCollection<int, Sample>("samples");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(records);
        return collection;
    }
}
