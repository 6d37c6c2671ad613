namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Provides random values of every type, most of them at the edges, so that they are often equal.</summary>
internal sealed class SampleValues(Random random)
{
    private static readonly DateTime Noon = new(2024, 5, 1, 12, 0, 0);

    private static readonly Dictionary<Type, object[]> Edges = new()
    {
        [typeof(bool)] = [true, false],
        [typeof(byte)] = [(byte)0, (byte)1, (byte)3, (byte)200, byte.MaxValue],
        [typeof(sbyte)] = [(sbyte)0, (sbyte)1, (sbyte)-1, sbyte.MinValue, sbyte.MaxValue],
        [typeof(short)] = [(short)0, (short)1, (short)-1, short.MinValue, (short)300],
        [typeof(ushort)] = [(ushort)0, (ushort)1, (ushort)300, ushort.MaxValue],
        [typeof(int)] = [0, 1, 3, 257, 16_777_217, int.MinValue, int.MaxValue],
        [typeof(uint)] = [0u, 1u, 257u, 16_777_217u, uint.MaxValue],
        [typeof(long)] = [0L, 1L, 257L, (1L << 53) + 1, 1L << 53, 4_294_967_297L, long.MinValue, long.MaxValue],
        [typeof(ulong)] = [0ul, 1ul, (1ul << 53) + 1, (ulong)long.MaxValue],
        [typeof(float)] = [0f, 0.37f, 1f, 16_777_216f, -1.5f, float.MaxValue, float.PositiveInfinity],
        [typeof(double)] =
        [
            0.0, 0.37, (double)0.37f, 1.0, 3.9, -0.1, 9007199254740993.0, 3.6028797018963967e17, 1.2345678901234567e19,
            double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity,
        ],
        [typeof(decimal)] = [0m, 1m, 1.0m, 1.50m, 0.37m, -1m, decimal.MaxValue, 0.0000000000000000000000000001m],
        [typeof(string)] =
        [
            "", "a", "A", "ab", "aB", "abc", "ä", "Ä", "%", "_", "a%c", "\0", "a\0b", "a\0c", "ß", "ss", "İ", "i", "I", "😀", "\uFFFD",
            "'", "\"", "a b", "\\", "\uE000", "K", "K",
        ],
        [typeof(Guid)] = [Guid.Empty, new Guid("f0000000-0000-0000-0000-000000000001"), new Guid("0f000000-0001-0000-0000-000000000001")],
        [typeof(DateTime)] =
        [
            Noon, DateTime.SpecifyKind(Noon, DateTimeKind.Utc), DateTime.SpecifyKind(Noon, DateTimeKind.Local), Noon.AddTicks(1),
            DateTime.SpecifyKind(Noon.AddTicks(-1), DateTimeKind.Utc), DateTime.SpecifyKind(Noon.AddHours(2), DateTimeKind.Local),
            DateTime.MinValue, DateTime.MaxValue, DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Local),
            DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Local), DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
            new DateTime(2024, 3, 31, 2, 30, 0, DateTimeKind.Local), new DateTime(2024, 10, 27, 2, 30, 0, DateTimeKind.Local),
        ],
        [typeof(DateTimeOffset)] =
        [
            new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 5, 1, 14, 0, 0, TimeSpan.FromHours(2)),
            DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch,
        ],
        [typeof(DateOnly)] = [DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2024, 5, 1)],
        [typeof(TimeOnly)] = [TimeOnly.MinValue, TimeOnly.MaxValue, new TimeOnly(12, 0)],
        [typeof(TimeSpan)] = [TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(-1), TimeSpan.FromDays(1)],
        [typeof(DayOfWeek)] = [DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Saturday, (DayOfWeek)42, (DayOfWeek)(-1)],
        [typeof(Letters)] = [Letters.None, Letters.A, Letters.A | Letters.B, Letters.C, (Letters)255],
    };

    /// <summary>Gets a random value that a property of a type can have, including null.</summary>
    public object? Stored(Type type)
    {
        if (type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)))
        {
            return random.Next(4) == 0 ? null : Many(type);
        }

        var nullable = Nullable.GetUnderlyingType(type);
        return (nullable is not null || type == typeof(string)) && random.Next(4) == 0 ? null : One(Edges[nullable ?? type]);
    }

    /// <summary>Gets a random value for a filter, which can also be one that SQLite cannot store.</summary>
    public object? Sought(Type type) => random.Next(12) > 0 ? Stored(type)
        : type == typeof(double) || type == typeof(double?) ? double.NaN
        : type == typeof(float) ? float.NaN
        : type == typeof(ulong) ? ulong.MaxValue
        : type == typeof(string) ? "\uD83D"
        : Stored(type);

    /// <summary>Gets a random array or list of a type.</summary>
    public object Many(Type type)
    {
        var element = type.IsArray ? type.GetElementType()! : type.GenericTypeArguments[0];
        var values = Array.CreateInstance(element, random.Next(5));
        for (var i = 0; i < values.Length; i++)
        {
            values.SetValue(Stored(element), i);
        }

        return type.IsArray ? values : Activator.CreateInstance(type, values)!;
    }

    public T One<T>(params IReadOnlyList<T> values) => values[random.Next(values.Count)];

    /// <summary>Gets a record with random values.</summary>
    public Sample Record(int key)
    {
        var record = new Sample();
        foreach (var property in typeof(Sample).GetProperties().Where(property => property.Name != nameof(Sample.Vector)))
        {
            property.SetValue(record, property.Name == nameof(Sample.Key) ? key : Stored(property.PropertyType));
        }

        return record;
    }
}
