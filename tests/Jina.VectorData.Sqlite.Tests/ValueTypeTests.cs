using Jina.VectorData.Sqlite.Tests.Filters;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests;

/// <summary>Tests that values of every supported type are stored, read, filtered and ordered as in .NET.</summary>
public sealed class ValueTypeTests : IDisposable
{
    private readonly TestStore _file = new();

    public static TheoryData<object, object> Pairs => new()
    {
        { true, false },
        { (byte)200, (byte)3 },
        { (sbyte)5, (sbyte)-100 },
        { (short)300, (short)-300 },
        { (ushort)60000, (ushort)1 },
        { 7, int.MinValue },
        { 4_000_000_000u, 1u },
        { long.MaxValue, long.MinValue },
        { (ulong)long.MaxValue, 0ul },
        { 1.5f, -0.1f },
        { double.MaxValue, double.Epsilon },
        { double.PositiveInfinity, 0.1 },
        { 10m, 9.99m },
        { 79228162514264337593543950335m, -0.0000000000000000000000000001m },
        { "ä'\"\u0001😀", "" },
        { new Guid("f0000000-0000-0000-0000-000000000001"), Guid.Empty },
        { new DateTime(2026, 1, 2, 3, 4, 5, 6, DateTimeKind.Utc), DateTime.MinValue.AddTicks(1) },
        {
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-5)),
            new DateTimeOffset(2026, 1, 1, 4, 0, 0, TimeSpan.Zero)
        },
        { new DateOnly(9999, 12, 31), new DateOnly(1, 1, 1) },
        { new TimeOnly(23, 59, 59, 999), new TimeOnly(0) },
        { TimeSpan.FromDays(1), TimeSpan.FromTicks(-1) },
        { DayOfWeek.Saturday, (DayOfWeek)(-1) },
        { FileAttributes.Hidden | FileAttributes.System, FileAttributes.None },
        { (Letters)255, Letters.A },
        { Wide.Last, Wide.First },
    };

    public static TheoryData<object> Collections =>
    [
        new[] { "a", "b'", "" }, new List<string> { "x" }, new[] { 1, -2 }, new List<double> { 0.1, 1e300 }, new[] { Guid.Empty },
        new List<DateTimeOffset> { DateTimeOffset.UnixEpoch }, Array.Empty<string>(), new[] { 1.50m }, new byte[] { 0, 1, 255 },
        new[] { DayOfWeek.Monday, (DayOfWeek)42 }, new List<Letters> { Letters.A | Letters.C }, new[] { Wide.First },
        new[] { double.PositiveInfinity, double.NegativeInfinity, -0.0, 1e-300 }, new List<float> { float.NegativeInfinity, 0.37f },
        new[] { new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2024, 5, 1) },
    ];

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_value_is_stored_read_filtered_and_ordered(object high, object low)
    {
        var values = await CollectionAsync(high.GetType());
        await values.UpsertAsync([Row("high", high), Row("low", low), Row("none", null)]);

        Assert.Equal(high, (await values.GetAsync("high"))!["Value"]);
        Assert.Equal(low, (await values.GetAsync("low"))!["Value"]);
        Assert.Null((await values.GetAsync("none"))!["Value"]);
        Assert.Equal("high", (await values.GetAsync(row => row["Value"] == high, 10).SingleAsync())["Key"]);
        var ordered = values.GetAsync(_ => true, 10, new() { OrderBy = order => order.Ascending(row => row["Value"]) });
        Assert.Equal(["none", "low", "high"], await ordered.Select(row => row["Key"]).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task An_array_or_list_is_stored_read_and_compared(object value)
    {
        var values = await CollectionAsync(value.GetType());
        await values.UpsertAsync([Row("one", value), Row("none", null)]);

        Assert.Equal(value, (await values.GetAsync("one"))!["Value"]);
        Assert.Equal("one", (await values.GetAsync(row => row["Value"] == value, 10).SingleAsync())["Key"]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(ulong.MaxValue)]
    [InlineData(Wide.TooLarge)]
    [InlineData(new[] { double.NaN })]
    [InlineData(new[] { ulong.MaxValue })]
    public async Task A_value_that_SQLite_cannot_store_is_rejected(object value)
    {
        var values = await CollectionAsync(value.GetType());

        await Assert.ThrowsAnyAsync<ArgumentException>(() => values.UpsertAsync(Row("x", value)));
    }

    [Fact]
    public void An_unsupported_type_is_rejected_with_the_supported_ones()
    {
        var error = Assert.Throws<NotSupportedException>(() => _file.Store.GetDynamicCollection("values", Definition(typeof(Uri))));

        Assert.Contains("unsupported type 'Uri'", error.Message, StringComparison.Ordinal);
        Assert.Contains("DateTimeOffset", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(float[]))]
    [InlineData(typeof(ReadOnlyMemory<float>))]
    [InlineData(typeof(Embedding<float>))]
    public async Task A_vector_is_read_in_the_type_of_its_property(Type type)
    {
        var numbers = new[] { 1f, 2f };
        object vector = type == typeof(float[]) ? numbers
            : type == typeof(Embedding<float>) ? new Embedding<float>(numbers)
            : new ReadOnlyMemory<float>(numbers);
        var collection = _file.Store.GetDynamicCollection("vectors", new()
        {
            Properties = [new VectorStoreKeyProperty("Key", typeof(long)), new VectorStoreVectorProperty("Vector", type, 2)],
        });
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Dictionary<string, object?> { ["Key"] = 1L, ["Vector"] = vector });

        var found = (await collection.GetAsync(1L, new() { IncludeVectors = true }))!["Vector"]!;

        Assert.IsType(type, found);
        Assert.Equal(numbers, found switch
        {
            float[] array => array,
            Embedding<float> embedding => embedding.Vector.ToArray(),
            var memory => ((ReadOnlyMemory<float>)memory).ToArray(),
        });
    }

    [Fact]
    public async Task A_property_without_an_order_cannot_order_records()
    {
        var values = await CollectionAsync(typeof(string[]));

        var error = Assert.Throws<NotSupportedException>(() => values.GetAsync(
            _ => true, 10, new() { OrderBy = order => order.Ascending(row => row["Value"]) }).ToBlockingEnumerable().ToList());

        Assert.Contains(
            "cannot be ordered by the property 'Value', because String[] has no order.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_keys_are_generated_and_set_in_the_record()
    {
        var collection = _file.Store.GetCollection<int, Numbered>("numbered");
        await collection.EnsureCollectionExistsAsync();
        var records = new[] { new Numbered { Text = "a" }, new Numbered { Key = 7, Text = "b" }, new Numbered { Text = "c" } };

        await collection.UpsertAsync(records);

        Assert.Equal([1, 7, 8], records.Select(record => record.Key));
        Assert.Equal("c", (await collection.GetAsync(8))!.Text);
    }

    private static Dictionary<string, object?> Row(string key, object? value) => new() { ["Key"] = key, ["Value"] = value };

    private static VectorStoreCollectionDefinition Definition(Type type) => new()
    {
        Properties = [new VectorStoreKeyProperty("Key", typeof(string)), new VectorStoreDataProperty("Value", type) { IsIndexed = true }],
    };

    private async Task<VectorStoreCollection<object, Dictionary<string, object?>>> CollectionAsync(Type type)
    {
        var nullable = type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : type;
        var collection = _file.Store.GetDynamicCollection("values", Definition(nullable));
        await collection.EnsureCollectionExistsAsync();
        return collection;
    }

    /// <summary>Specifies numbers at the edges of <see cref="ulong"/>.</summary>
    public enum Wide : ulong
    {
        /// <summary>The smallest number.</summary>
        First = 0,

        /// <summary>The largest number that can be stored.</summary>
        Last = long.MaxValue,

        /// <summary>A number that cannot be stored.</summary>
        TooLarge = ulong.MaxValue,
    }

    public sealed class Numbered
    {
        [VectorStoreKey]
        public int Key { get; set; }

        [VectorStoreData]
        public string Text { get; set; } = "";
    }
}
