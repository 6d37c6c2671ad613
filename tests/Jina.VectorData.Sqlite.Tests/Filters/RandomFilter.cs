using System.Collections;
using System.Linq.Expressions;
using System.Reflection;

namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Creates random filters with all operators on all types.</summary>
/// <remarks>
/// Each filter has two forms: one for the store, and one for .NET in which a condition is false if it throws for a missing value.
/// </remarks>
internal sealed class RandomFilter(Random random)
{
    private static readonly ParameterExpression Record = Expression.Parameter(typeof(Sample), "r");

    private static readonly ExpressionType[] Comparisons =
    [
        ExpressionType.Equal, ExpressionType.NotEqual, ExpressionType.LessThan, ExpressionType.LessThanOrEqual,
        ExpressionType.GreaterThan, ExpressionType.GreaterThanOrEqual,
    ];

    private static readonly Type[] Numbers =
    [
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float),
        typeof(double), typeof(decimal),
    ];

    private static readonly PropertyInfo[] Properties =
        [.. typeof(Sample).GetProperties().Where(property => property.Name != nameof(Sample.Vector))];

    private readonly SampleValues _values = new(random);

    public (Expression<Func<Sample, bool>> ForStore, Expression<Func<Sample, bool>> InMemory) Next()
    {
        var (store, memory) = Condition(0);
        return (Expression.Lambda<Func<Sample, bool>>(store, Record), Expression.Lambda<Func<Sample, bool>>(memory, Record));
    }

    private (Expression Store, Expression Memory) Condition(int depth)
    {
        if (depth == 3 || random.Next(3) > 0)
        {
            var leaf = Leaf();
            var isFalse = new[] { typeof(NullReferenceException), typeof(InvalidOperationException), typeof(ArgumentNullException) }
                .Select(type => Expression.Catch(type, Expression.Constant(false)));
            return (leaf, Expression.TryCatch(leaf, [.. isFalse]));
        }

        var left = Condition(depth + 1);
        if (random.Next(3) == 0)
        {
            return (Expression.Not(left.Store), Expression.Not(left.Memory));
        }

        var right = Condition(depth + 1);
        var type = _values.One(ExpressionType.AndAlso, ExpressionType.OrElse);
        return (Expression.MakeBinary(type, left.Store, right.Store), Expression.MakeBinary(type, left.Memory, right.Memory));
    }

    private Expression Leaf() => random.Next(8) switch
    {
        0 => Text(),
        1 => Among(),
        2 => InArray(),
        3 => AnyOf(),
        4 => Flag(),
        5 => Numeric(),
        _ => Compare(),
    };

    /// <summary>Compares a property with a value or with another property of its type.</summary>
    private BinaryExpression Compare()
    {
        var property = _values.One<PropertyInfo>([.. Properties.Where(property => !IsSequence(property.PropertyType))]);
        var left = (Expression)Expression.Property(Record, property);
        var others = Properties.Where(other => other.PropertyType == property.PropertyType);
        var right = random.Next(4) == 0
            ? Expression.Property(Record, _values.One<PropertyInfo>([.. others]))
            : (Expression)Expression.Constant(_values.Sought(property.PropertyType), property.PropertyType);
        if (Nullable.GetUnderlyingType(left.Type) is { } underlying && random.Next(3) == 0)
        {
            left = random.Next(2) == 0 ? Expression.Property(left, "Value") : Expression.Convert(left, underlying);
            right = Expression.Constant(_values.One(_values.Sought(underlying)), underlying);
        }

        return Swap(Comparison(left.Type), left, right);
    }

    /// <summary>Compares computed numbers, with every conversion between the types of numbers.</summary>
    private BinaryExpression Numeric()
    {
        var type = _values.One(Numbers);
        var left = Number(type, 0);
        var right = random.Next(2) == 0 ? Expression.Constant(_values.Sought(type), type) : Number(type, 0);
        return Swap(_values.One(Comparisons), left, right);
    }

    private Expression Number(Type type, int depth)
    {
        if (depth < 2 && random.Next(4) == 0 && type != typeof(byte) && type != typeof(sbyte) && type != typeof(decimal))
        {
            var operation = _values.One(ExpressionType.Add, ExpressionType.Subtract, ExpressionType.Multiply, ExpressionType.Divide);
            var right = operation == ExpressionType.Divide
                ? Expression.Constant(System.Convert.ChangeType(3, type, null), type)
                : Number(type, depth + 1);
            return Expression.MakeBinary(operation, Number(type, depth + 1), right);
        }

        // A conversion to decimal throws for large numbers.
        var sources = Properties.Where(property => IsNumber(property.PropertyType)
            && (type == typeof(decimal) ? property.PropertyType == type : property.PropertyType != typeof(decimal)));
        Expression source = Expression.Property(Record, _values.One<PropertyInfo>([.. sources]));
        if (source.Type != type && random.Next(3) == 0 && type != typeof(decimal))
        {
            source = Expression.Convert(source, _values.One<Type>([.. Numbers.Where(number => number != typeof(decimal))]));
        }

        return source.Type == type ? source : Expression.Convert(source, type);
    }

    private Expression Text()
    {
        var text = Expression.Property(Record, _values.One(nameof(Sample.Text), nameof(Sample.Other)));
        var part = random.Next(5) == 0
            ? Expression.Property(Record, nameof(Sample.Other))
            : (Expression)Expression.Constant(_values.Sought(typeof(string)) ?? "", typeof(string));
        var comparison = Expression.Constant(_values.One(Enum.GetValues<StringComparison>()));
        var method = _values.One(nameof(string.StartsWith), nameof(string.EndsWith), nameof(string.Contains), nameof(string.Equals));
        return random.Next(8) switch
        {
            0 => Expression.Call(
                text,
                _values.One(nameof(string.StartsWith), nameof(string.EndsWith), nameof(string.Contains)),
                null,
                Expression.Constant(_values.One('a', 'A', '%', '\0', 'ä'))),
            1 => Expression.Call(typeof(string), nameof(string.Equals), null, text, part, comparison),
            2 => Expression.Equal(Expression.Call(text, _values.One(nameof(string.ToLower), nameof(string.ToUpperInvariant)), null), part),
            3 => Expression.GreaterThan(Expression.Property(text, nameof(string.Length)), Expression.Constant(random.Next(3))),
            4 => Expression.Call(typeof(string), nameof(string.IsNullOrEmpty), null, text),
            5 => Expression.LessThan(
                Expression.Call(typeof(string), nameof(string.CompareOrdinal), null, text, part), Expression.Constant(0)),
            6 => Expression.Call(text, typeof(string).GetMethod(method, [typeof(string)])!, part),
            _ => Expression.Call(text, method, null, part, comparison),
        };
    }

    /// <summary>Searches a list of values for the value of a property.</summary>
    private MethodCallExpression Among()
    {
        var property = _values.One<PropertyInfo>([.. Properties.Where(property => !IsSequence(property.PropertyType))]);
        var column = Expression.Property(Record, property);
        var many = _values.Many(property.PropertyType.MakeArrayType());
        if (random.Next(4) == 0)
        {
            var set = Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(property.PropertyType), many)!;
            return Expression.Call(Expression.Constant(set), "Contains", null, column);
        }

        var source = random.Next(2) == 0 ? many : Activator.CreateInstance(typeof(List<>).MakeGenericType(property.PropertyType), many)!;
        return Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Contains), [property.PropertyType], Expression.Constant(source), column);
    }

    /// <summary>Searches a stored array or list for a value.</summary>
    private MethodCallExpression InArray()
    {
        var array = Sequence(out var element);
        var item = element == typeof(string) && random.Next(4) == 0
            ? Expression.Property(Record, nameof(Sample.Text))
            : (Expression)Expression.Constant(_values.Sought(element), element);

        // .NET throws for a missing array.
        return Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [element], array, item);
    }

    private MethodCallExpression AnyOf()
    {
        var array = Sequence(out var element);
        var parameter = Expression.Parameter(element, "e");
        var first = Swap(Comparison(element), parameter, Expression.Constant(_values.Sought(element), element));
        var second = element == typeof(string)
            ? Expression.Equal(parameter, Expression.Property(Record, nameof(Sample.Text)))
            : Swap(Comparison(element), parameter, Expression.Constant(_values.Sought(element), element));
        var body = random.Next(3) switch
        {
            0 => first,
            1 => Expression.OrElse(first, Expression.Not(second)),
            _ => Expression.AndAlso(first, second),
        };
        return Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [element], array, Expression.Lambda(body, parameter));
    }

    private Expression Flag() => random.Next(6) switch
    {
        0 => Expression.Property(Record, nameof(Sample.Bool)),
        1 => Expression.Property(Expression.Property(Record, nameof(Sample.MaybeNumber)), "HasValue"),
        2 => Expression.Convert(Expression.Property(Record, nameof(Sample.MaybeBool)), typeof(bool)),
        3 => Expression.Coalesce(Expression.Property(Record, nameof(Sample.MaybeBool)), Expression.Constant(random.Next(2) == 0)),
        4 => Expression.NotEqual(
            Expression.And(Expression.Convert(Expression.Property(Record, nameof(Sample.Flags)), typeof(int)), Expression.Constant(2)),
            Expression.Constant(0)),
        _ => Expression.Equal(
            Expression.Property(Expression.Property(Record, nameof(Sample.Time)), nameof(DateTime.Kind)),
            Expression.Constant(_values.One(Enum.GetValues<DateTimeKind>()))),
    };

    private MemberExpression Sequence(out Type element)
    {
        var property = _values.One<PropertyInfo>([.. Properties.Where(property => IsSequence(property.PropertyType))]);
        element = property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType.GenericTypeArguments[0];
        return Expression.Property(Record, property);
    }

    private BinaryExpression Swap(ExpressionType comparison, Expression left, Expression right)
    {
        var underlying = Nullable.GetUnderlyingType(left.Type) ?? left.Type;
        if (underlying.IsEnum)
        {
            // As the C# compiler does.
            var number = underlying.GetEnumUnderlyingType();
            number = left.Type == underlying ? number : typeof(Nullable<>).MakeGenericType(number);
            (left, right) = (Expression.Convert(left, number), Expression.Convert(right, number));
        }

        return random.Next(4) == 0 ? Expression.MakeBinary(comparison, right, left) : Expression.MakeBinary(comparison, left, right);
    }

    /// <summary>Chooses a comparison that the type has.</summary>
    private ExpressionType Comparison(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type == typeof(bool) ? _values.One(Comparisons[..2]) : _values.One(Comparisons);
    }

    private static bool IsNumber(Type type) => Array.IndexOf(Numbers, type) >= 0;

    private static bool IsSequence(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);
}
