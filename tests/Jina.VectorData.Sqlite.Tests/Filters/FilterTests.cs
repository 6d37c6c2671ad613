using System.Linq.Expressions;
using CsCheck;
using Jina.VectorData.Sqlite.Tests.Support;

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
    public void A_part_that_cannot_be_translated_is_named()
    {
        var error = Assert.Throws<NotSupportedException>(() => Find(hotel => hotel.Stars > 1 && hotel.City!.Length == 4));

        Assert.StartsWith("The part 'h", error.Message.Replace("hotel", "h", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(
            "City.Length' (MemberAccess) of the filter cannot be translated to SQL.", error.Message, StringComparison.Ordinal);
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
