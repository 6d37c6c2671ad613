using System.Linq.Expressions;
using System.Text;
using CsCheck;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Tests that random filters on random records have the same meaning in the store as in .NET.</summary>
public sealed class FilterMeaningTests : IDisposable
{
    private const int Records = 40;
    private const int FiltersPerStore = 60;

    private readonly TestStore _file = new();
    private int _collections;

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Every_filter_and_order_has_the_meaning_of_NET() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var values = new SampleValues(random);
        var stored = Enumerable.Range(0, Records).Select(values.Record).ToList();
        var collection = Store(stored);
        var read = collection.GetAsync(stored.Select(record => record.Key)).ToBlockingEnumerable().ToList();
        Assert.Equivalent(stored.Select(Comparable), read.Select(Comparable), strict: true);
        var filters = new RandomFilter(random);
        for (var i = 0; i < FiltersPerStore; i++)
        {
            var (store, memory) = filters.Next();
            var meets = memory.Compile();
            var expected = read.Where(meets).Select(record => record.Key).ToList();
            var found = collection.GetAsync(store, Records).ToBlockingEnumerable().Select(record => record.Key);
            Assert.True(
                expected.SequenceEqual(found),
                $"{store}\nexpected {string.Join(",", expected)}\nfound    {string.Join(",", found)}");
            var hits = collection.SearchAsync(new float[] { 1, 0 }, Records, new() { Filter = store }).ToBlockingEnumerable();
            Assert.Equal(expected, hits.Select(hit => hit.Record.Key).Order());
            CheckOrder(collection, read, store, meets, values.One(true, false), values);
        }
    }, iter: 5, threads: 1);

    private static void CheckOrder(
        VectorStoreCollection<int, Sample> collection,
        List<Sample> read,
        Expression<Func<Sample, bool>> filter,
        Func<Sample, bool> meets,
        bool ascending,
        SampleValues values)
    {
        var names = typeof(Sample).GetProperties()
            .Where(property => property.PropertyType == typeof(string) || property.PropertyType.IsValueType)
            .Select(property => property.Name)
            .Where(name => name != nameof(Sample.Vector));
        var property = typeof(Sample).GetProperty(values.One<string>([.. names]))!;
        var record = Expression.Parameter(typeof(Sample), "r");
        var selector = Expression.Lambda<Func<Sample, object?>>(
            Expression.Convert(Expression.Property(record, property), typeof(object)), record);
        var comparer = Comparer<object?>.Create((left, right) =>
            left is string first && right is string second
                ? Encoding.UTF8.GetBytes(first).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(second))
            : Comparer<object?>.Default.Compare(left, right));
        var among = read.Where(meets);
        var expected = ascending ? among.OrderBy(property.GetValue, comparer) : among.OrderByDescending(property.GetValue, comparer);

        var found = collection.GetAsync(filter, Records, new()
        {
            OrderBy = order => ascending ? order.Ascending(selector) : order.Descending(selector),
        });

        Assert.Equal(expected.Select(sample => sample.Key), found.ToBlockingEnumerable().Select(sample => sample.Key));
    }

    /// <summary>Returns the values of a record in a form that compares the kinds of dates and the bits of numbers, too.</summary>
    private static Dictionary<string, string> Comparable(Sample record) => typeof(Sample).GetProperties()
        .Where(property => property.Name != nameof(Sample.Vector))
        .ToDictionary(property => property.Name, property => Describe(property.GetValue(record)));

    private static string Describe(object? value) => value switch
    {
        null => "null",
        DateTime time => $"{time.Ticks} {time.Kind}",
        DateTimeOffset moment => $"{moment.UtcTicks}",
        string text => string.Join(' ', text.Select(letter => (int)letter)),
        System.Collections.IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Describe))}]",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private VectorStoreCollection<int, Sample> Store(IEnumerable<Sample> records)
    {
        var collection = _file.Store.GetCollection<int, Sample>($"samples{_collections++}");
        collection.EnsureCollectionExistsAsync().GetAwaiter().GetResult();
        collection.UpsertAsync(records).GetAwaiter().GetResult();
        return collection;
    }
}
