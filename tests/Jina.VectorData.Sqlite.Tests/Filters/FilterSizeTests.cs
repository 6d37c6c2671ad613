using System.Linq.Expressions;
using Jina.VectorData.Sqlite.Tests.Support;

namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Tests that large filters are either translated or rejected, and never end the process.</summary>
public sealed class FilterSizeTests : IDisposable
{
    private static readonly ParameterExpression Record = Expression.Parameter(typeof(Hotel), "h");

    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(true, ExpressionType.OrElse, 5)]
    [InlineData(false, ExpressionType.OrElse, 5)]
    [InlineData(true, ExpressionType.AndAlso, 0)]
    [InlineData(false, ExpressionType.AndAlso, 0)]
    public async Task A_chain_of_thousands_of_conditions_is_translated(bool leftDeep, ExpressionType type, int expected) =>
        Assert.Equal(expected, (await FindAsync(Chain(4_000, leftDeep, _ => type))).Count);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_longer_chain_is_rejected_with_the_alternative(bool leftDeep)
    {
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => FindAsync(Chain(20_000, leftDeep, _ => ExpressionType.OrElse)));

        Assert.Equal(
            $"The filter has more than {25_000:N0} parts (properties, values and operators). To compare a property with many values, use "
            + "Contains on an array or list, which has no limit.",
            error.Message);
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(90, false)]
    public async Task A_deep_filter_is_translated(int depth, bool leftDeep) =>
        Assert.Equal(5, (await FindAsync(Chain(depth, leftDeep, Alternating))).Count);

    [Theory]
    [InlineData(110, true)]
    [InlineData(110, false)]
    [InlineData(4_000, true)]
    [InlineData(4_000, false)]
    [InlineData(100_000, true)]
    [InlineData(100_000, false)]
    public async Task A_deeper_filter_is_rejected(int depth, bool leftDeep)
    {
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => FindAsync(Chain(depth, leftDeep, Alternating)));

        Assert.StartsWith("The filter has more than ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deep_negations_and_numbers_are_rejected()
    {
        var negated = Enumerable.Range(0, 100_000).Aggregate(Condition(1), (inner, _) => Expression.Not(inner));
        var sum = Enumerable.Range(0, 100_000).Aggregate(
            (Expression)Expression.Property(Record, nameof(Hotel.Stars)), (inner, i) => Expression.Add(inner, Expression.Constant(i)));

        await Assert.ThrowsAsync<NotSupportedException>(() => FindAsync(negated));
        await Assert.ThrowsAsync<NotSupportedException>(() => FindAsync(Expression.Equal(sum, Expression.Constant(1))));
    }

    [Fact]
    public async Task A_filter_that_shares_its_parts_is_rejected()
    {
        var shared = Enumerable.Range(0, 60).Aggregate(
            (Expression)Expression.Property(Record, nameof(Hotel.Stars)), (inner, _) => Expression.Add(inner, inner));

        await Assert.ThrowsAsync<NotSupportedException>(() => FindAsync(Expression.Equal(shared, Expression.Constant(1))));
    }

    [Fact]
    public async Task The_deepest_chains_stay_below_the_limit_of_SQLite()
    {
        var filter = Enumerable.Range(0, 45).Aggregate(Condition(3), (inner, i) =>
        {
            var type = Alternating(i);
            return Enumerable.Range(0, 80).Select(Condition).Prepend(Expression.Not(inner)).Aggregate((left, right) =>
                Expression.MakeBinary(type, left, right));
        });

        Assert.NotNull(await FindAsync(filter));
    }

    [Fact]
    public async Task A_long_chain_inside_Any_and_in_NET_is_translated()
    {
        var tag = Expression.Parameter(typeof(string), "tag");
        var any = Enumerable.Range(0, 3_000).Select(i => (Expression)Expression.Equal(tag, Expression.Constant($"{i}")))
            .Append(Expression.Equal(tag, Expression.Constant("snow"))).Aggregate(Expression.OrElse);
        var source = Expression.Property(Record, nameof(Hotel.Tags));
        var length = Expression.Property(Expression.Property(Record, nameof(Hotel.Name)), nameof(string.Length));
        var lengths = Enumerable.Range(6, 300).Select(i => (Expression)Expression.Equal(length, Expression.Constant(i)))
            .Aggregate(Expression.OrElse);

        Assert.Equal(["Summit", "Quo'te \"d\""], await FindAsync(
            Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [typeof(string)], source, Expression.Lambda(any, tag))));
        Assert.Equal(5, (await FindAsync(lengths)).Count);
    }

    [Fact]
    public async Task A_translation_can_be_canceled()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        var filter = Expression.Lambda<Func<Hotel, bool>>(Chain(4_000, leftDeep: true, _ => ExpressionType.OrElse), Record);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => hotels.GetAsync(filter, 10, cancellationToken: source.Token).ToListAsync(CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_list_of_any_length_is_searched()
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        var stars = Enumerable.Range(3, 200_000).ToList();
        var cities = Enumerable.Range(0, 200_000).Select(i => $"{i}").Append("Kiel").ToHashSet(StringComparer.Ordinal);

        Assert.Equal(4, await hotels.GetAsync(h => stars.Contains(h.Stars), 10).CountAsync());
        Assert.Equal(1, await hotels.GetAsync(h => cities.Contains(h.City!), 10).CountAsync());
    }

    private static ExpressionType Alternating(int i) => i % 2 == 0 ? ExpressionType.AndAlso : ExpressionType.OrElse;

    private static Expression Condition(int stars) =>
        Expression.NotEqual(Expression.Property(Record, nameof(Hotel.Stars)), Expression.Constant(stars));

    private static Expression Chain(int count, bool leftDeep, Func<int, ExpressionType> type) => Enumerable.Range(0, count).Aggregate(
        Condition(0),
        (inner, i) => leftDeep
            ? Expression.MakeBinary(type(i), inner, Condition(i))
            : Expression.MakeBinary(type(i), Condition(i), inner));

    private async Task<List<string>> FindAsync(Expression body)
    {
        var hotels = await _file.HotelsAsync(Hotels.All);
        return await hotels.GetAsync(Expression.Lambda<Func<Hotel, bool>>(body, Record), 100).Select(hotel => hotel.Name).ToListAsync();
    }
}
