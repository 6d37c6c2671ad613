using System.Linq.Expressions;
using CsCheck;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Tests that a filter has the same meaning in the store as in .NET.</summary>
public sealed class FilterTests(FilterTests.Store store) : IClassFixture<FilterTests.Store>
{
    private static readonly ParameterExpression Record = Expression.Parameter(typeof(Hotel), "h");

    private static readonly Gen<Expression> Leaf = Gen.OneOf(
        Text(nameof(Hotel.City), Gen.OneOf<string?>("Kiel", "Zermatt", "", "'; DROP TABLE hotels; --", "\"City\" OR 1=1", null)),
        Text(nameof(Hotel.Name), Gen.OneOf<string?>("Harbour", "Quo'te \"d\"", "x' OR '1'='1")),
        Number(nameof(Hotel.Stars), Gen.Int[1, 6].Select(value => (object?)value)),
        Number(nameof(Hotel.Rooms), Gen.OneOf<object?>(0, 40, 100, null)),
        Gen.Const((Expression)Expression.Property(Record, nameof(Hotel.HasPool))),
        Gen.OneOf("sea", "it's", "x", "]")
            .Select(tag => (Expression)Contains(Expression.Property(Record, nameof(Hotel.Tags)), Expression.Constant(tag))),
        Gen.OneOf<string?>("Kiel", "Zermatt", null, "'").Array[0, 3]
            .Select(cities => (Expression)Contains(Expression.Constant(cities), Expression.Property(Record, nameof(Hotel.City)))));

    private static readonly Gen<Expression> Any = Gen.Recursive<Expression>((depth, inner) => depth == 4 ? Leaf : Gen.Frequency(
        (3, Leaf),
        (1, inner.Select(operand => (Expression)Expression.Not(operand))),
        (1, Gen.Select(inner, inner).Select((left, right) => (Expression)Expression.AndAlso(left, right))),
        (1, Gen.Select(inner, inner).Select((left, right) => (Expression)Expression.OrElse(left, right)))));

    [Fact]
    public void Every_filter_finds_the_same_records_as_in_memory() => Any.Sample(body =>
    {
        var filter = Expression.Lambda<Func<Hotel, bool>>(body, Record);
        Assert.Equal(Hotels.All.Where(filter.Compile()).Select(hotel => hotel.Name), Find(filter));
    }, iter: 400);

    [Fact]
    public void Captured_variables_and_computed_values_become_parameters()
    {
        var (stars, cities, day) = (2, new List<string?> { "Kiel", null }, DateTime.UnixEpoch);

        Assert.Equal(["Harbour", "Nowhere"], Find(hotel => hotel.Stars == stars + day.AddDays(1).Day - 1));
        Assert.Equal(["Harbour", "Station"], Find(hotel => cities.Contains(hotel.City)));
        Assert.Equal(["Harbour"], Find(hotel => hotel.City == cities[0]!.Trim()));
    }

    [Fact]
    public void Any_on_an_array_takes_a_condition_on_its_elements()
    {
        var sought = new[] { "snow", "quiet" };

        Assert.Equal(["Harbour", "Summit", "Quo'te \"d\"", "Nowhere"], Find(hotel => hotel.Tags.Any(tag => sought.Contains(tag))));
        Assert.Equal(["Quo'te \"d\""], Find(hotel => hotel.Tags.Any(tag => tag == "it's" || tag == "none")));
    }

    [Fact]
    public void Nullable_numbers_can_be_compared_by_value()
    {
        Assert.Equal(["Summit"], Find(hotel => !hotel.Rooms.HasValue));
        Assert.Equal(["Station"], Find(hotel => hotel.Rooms!.Value > 40));
        Assert.Equal(["Summit", "Nowhere"], Find(hotel => !(hotel.Rooms >= 40)));
    }

    [Fact]
    public void A_text_can_be_searched_for_a_part_of_it() =>
        Assert.Equal(["Harbour", "Quo'te \"d\""], Find(hotel => hotel.Description!.Contains("ferr")));

    [Fact]
    public void A_part_that_is_not_a_key_or_data_property_is_rejected_and_named()
    {
        var other = Hotels.All[0];

        Assert.Equal(
            "The part 'h.Place.HasValue' of the filter cannot be evaluated, because it uses the vector property 'Place'. "
            + "Filters can use key and data properties.",
            Rejected(h => h.Stars > 1 && h.Place.HasValue));
        Assert.Contains(
            "' of the filter cannot be evaluated, because it uses the record as a whole.",
            Rejected(h => h == other),
            StringComparison.Ordinal);
        Assert.StartsWith("The part 'Equals(h, null)' of the filter", Rejected(h => Equals(h, null)), StringComparison.Ordinal);
        Assert.True(Rejected(h => h.Place.HasValue == (h.Name == new string('x', 10_000))).Length < 400);
    }

    [Fact]
    public void A_part_that_fails_in_NET_is_named()
    {
        var error = Assert.Throws<VectorStoreException>(() => Find(h => h.Stars > 1 && 1 / (h.Stars - h.Stars) == 1));

        Assert.Contains("of the filter failed for a record: Attempted to divide by zero.", error.Message, StringComparison.Ordinal);
        Assert.Contains("(1 / (h.Stars - h.Stars)) == 1", error.Message, StringComparison.Ordinal);
        Assert.IsType<DivideByZeroException>(error.InnerException);
    }

    [Fact]
    public void A_condition_on_a_part_of_a_missing_value_is_false()
    {
        Assert.Equal(["Harbour"], Find(h => h.City!.Length == 4));
        Assert.Equal(["Station"], Find(h => !(h.City!.Length < 100)));
        Assert.Equal(["Harbour", "Quo'te \"d\"", "Nowhere"], Find(h => h.Rooms!.Value != 120));
        Assert.Equal(["Station"], Find(h => (h.City ?? "none").Length == 4 && h.City != "Kiel"));
    }

    [Fact]
    public void A_part_that_NET_does_not_reach_is_not_evaluated()
    {
        List<string?>? cities = null;

        Assert.Equal(5, Find(h => cities == null || cities.Contains(h.City)).Count);
        Assert.Empty(Find(h => cities != null && cities.Count > 3 && cities.Contains(h.City)));
        Assert.Equal(5, Find(h => !(cities != null && h.Tags.Any(tag => cities.Contains(tag)))).Count);
        Assert.Equal(["Summit", "Quo'te \"d\""], Find(h => h.Tags.Any(tag => tag == "snow" && (cities == null || cities.Count > 0))));
    }

    [Fact]
    public void Values_of_closed_calls_with_lambdas_are_computed_first()
    {
        var stars = new[] { 3, 5 };

        Assert.Equal(["Harbour", "Summit", "Nowhere"], Find(h => stars.Where(value => value > 1).Contains(h.Stars)));
        Assert.Equal(["Summit"], Find(h => h.Stars == stars.Max(value => value)));
    }

    [Fact]
    public void Pages_and_orders_are_the_same_as_in_memory()
    {
        var found = store.Collection.GetAsync(_ => true, 3, new()
        {
            Skip = 1,
            OrderBy = order => order.Descending(hotel => hotel.Stars).Ascending(hotel => hotel.Name),
        });

        var expected = Hotels.All.OrderByDescending(hotel => hotel.Stars).ThenBy(hotel => hotel.Name, StringComparer.Ordinal);
        Assert.Equal(
            expected.Skip(1).Take(3).Select(hotel => hotel.Name),
            found.ToBlockingEnumerable().Select(hotel => hotel.Name));
    }

    private static Gen<Expression> Text(string property, Gen<string?> values) => Gen.Select(values, Gen.Bool)
        .Select((value, equal) => (Expression)Compare(equal ? ExpressionType.Equal : ExpressionType.NotEqual, property, value));

    private static Gen<Expression> Number(string property, Gen<object?> values) => Gen.Select(values, Gen.OneOf(
        ExpressionType.Equal,
        ExpressionType.NotEqual,
        ExpressionType.LessThan,
        ExpressionType.LessThanOrEqual,
        ExpressionType.GreaterThan,
        ExpressionType.GreaterThanOrEqual))
        .Select((value, comparison) => (Expression)Compare(comparison, property, value));

    private static MethodCallExpression Contains(Expression source, Expression item) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], source, item);

    private static BinaryExpression Compare(ExpressionType comparison, string property, object? value)
    {
        var column = Expression.Property(Record, property);
        return Expression.MakeBinary(comparison, column, Expression.Constant(value, column.Type));
    }

    private string Rejected(Expression<Func<Hotel, bool>> filter) => Assert.Throws<NotSupportedException>(() => Find(filter)).Message;

    private List<string> Find(Expression<Func<Hotel, bool>> filter) =>
        [.. store.Collection.GetAsync(filter, 100).ToBlockingEnumerable().Select(hotel => hotel.Name)];

    /// <summary>Provides one store for all tests, which only read it.</summary>
    public sealed class Store : IAsyncLifetime
    {
        private readonly TestStore _file = new();

        public SqliteCollection<string, Hotel> Collection { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Collection = await _file.HotelsAsync(Hotels.All);

        public ValueTask DisposeAsync()
        {
            _file.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
