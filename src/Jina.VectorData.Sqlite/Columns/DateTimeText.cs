using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>Converts a <see cref="DateTime"/> to text and back, with its kind.</summary>
/// <remarks>
/// The first 27 characters are the date and time. UTC is followed by a Z, and a local time by its offset. .NET compares the date
/// and time and ignores the kind, so comparisons use the first 27 characters only.
/// </remarks>
internal static class DateTimeText
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private const int Length = 27;
    private const string ToLocal = "VECTORDATA_LOCAL_TIME";

    /// <summary>The largest difference between two offsets is 28 hours. The rest is a margin for the suffix of a text.</summary>
    private static readonly TimeSpan MaxOffsetDifference = TimeSpan.FromHours(29);

    public static string Encode(DateTime value) => value.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Converts a value to the text that is compared.</summary>
    public static string EncodeTicks(DateTime value) => value.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTime Decode(string stored)
    {
        var value = DateTime.ParseExact(stored.AsSpan(0, Length), Format, CultureInfo.InvariantCulture);
        return stored.Length switch
        {
            Length => value,
            Length + 1 => DateTime.SpecifyKind(value, DateTimeKind.Utc),
            _ => DecodeLocal(value, TimeSpan.Parse(stored.AsSpan(Length).TrimStart('+'), CultureInfo.InvariantCulture)),
        };
    }

    public static DateTime DecodeUtc(string stored) =>
        DateTime.SpecifyKind(DateTime.ParseExact(stored, Format, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    /// <summary>Returns the SQL expression for the date and time of a stored value as this computer reads it.</summary>
    public static string Ticks(string sql) =>
        $"substr(CASE WHEN length({sql}) > {Length + 1} THEN {ToLocal}({sql}) ELSE {sql} END, 1, {Length})";

    /// <summary>Returns two texts. Stored values below or above both are below or above the value, in any time zone.</summary>
    public static (string Low, string High) BoundsOf(DateTime value)
    {
        var margin = MaxOffsetDifference.Ticks;
        var low = new DateTime(Math.Max(value.Ticks - margin, DateTime.MinValue.Ticks));
        var high = new DateTime(Math.Min(value.Ticks + margin, DateTime.MaxValue.Ticks));

        // The letter Z follows all suffixes.
        return (EncodeTicks(low), EncodeTicks(high) + "Z");
    }

    /// <summary>Adds the function for local times that were stored in another time zone.</summary>
    public static void AddTo(SqliteConnection connection) =>
        connection.CreateFunction(ToLocal, (string stored) => EncodeTicks(Decode(stored)), isDeterministic: true);

    /// <summary>Reads a local time, possibly from another time zone, as local time of this computer.</summary>
    private static DateTime DecodeLocal(DateTime value, TimeSpan offset)
    {
        var utc = Math.Clamp(value.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        var local = new DateTime(utc, DateTimeKind.Utc).ToLocalTime();

        // A time that clocks skip in spring, or one near the first or last date, is read as it was stored.
        var asStored = DateTime.SpecifyKind(value, DateTimeKind.Local);
        return local.Ticks != value.Ticks && TimeZoneInfo.Local.GetUtcOffset(asStored) == offset ? asStored : local;
    }
}
