using System.Globalization;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Tests that dates of different kinds are compared by their date and time, as in .NET.</summary>
public sealed class DateTimeFilterTests : IDisposable
{
    private static readonly DateTime May = new(2024, 5, 1);

    private readonly TestStore _file = new();

    public static TheoryData<DateTimeKind, DateTimeKind> Kinds
    {
        get
        {
            var kinds = Enum.GetValues<DateTimeKind>();
            return new(kinds.SelectMany(stored => kinds.Select(sought => (stored, sought))));
        }
    }

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_kind_does_not_count_in_comparisons(DateTimeKind stored, DateTimeKind sought)
    {
        var collection = await StoreAsync(DateTime.SpecifyKind(May, stored));
        var value = DateTime.SpecifyKind(May, sought);
        var (before, after) = (value.AddTicks(-1), value.AddTicks(1));

        Assert.Equal(1, await CountAsync(collection, r => r.Time == value));
        Assert.Equal(1, await CountAsync(collection, r => value == r.Time));
        Assert.Equal(0, await CountAsync(collection, r => r.Time != value));
        Assert.Equal(1, await CountAsync(collection, r => r.Time >= value));
        Assert.Equal(1, await CountAsync(collection, r => r.Time <= value));
        Assert.Equal(0, await CountAsync(collection, r => r.Time > value));
        Assert.Equal(0, await CountAsync(collection, r => r.Time < value));
        Assert.Equal(1, await CountAsync(collection, r => r.Time > before && r.Time < after));
        Assert.Equal(0, await CountAsync(collection, r => r.Time < before || after < r.Time));
        Assert.Equal(1, await CountAsync(collection, r => new[] { before, value }.Contains(r.Time)));
        Assert.Equal(1, await CountAsync(collection, r => r.Times!.Contains(value)));
        Assert.Equal(1, await CountAsync(collection, r => r.Times!.Any(time => time <= value)));
        Assert.Equal(1, await CountAsync(collection, r => r.Time == r.MaybeTime));
        Assert.Equal(1, await CountAsync(collection, r => r.MaybeTime == value));
        Assert.Equal(1, await CountAsync(collection, r => r.Time.Kind == stored && r.Time.Year == 2024));
    }

    [Fact]
    public async Task Records_are_ordered_by_date_and_time()
    {
        var collection = await StoreAsync(
            DateTime.SpecifyKind(May.AddTicks(2), DateTimeKind.Utc),
            DateTime.SpecifyKind(May.AddTicks(1), DateTimeKind.Local),
            May.AddTicks(3),
            DateTime.SpecifyKind(May.AddTicks(3), DateTimeKind.Utc),
            May);

        var ordered = collection.GetAsync(_ => true, 10, new() { OrderBy = order => order.Ascending(r => r.Time) });
        var reversed = collection.GetAsync(_ => true, 10, new() { OrderBy = order => order.Descending(r => r.Time) });

        Assert.Equal([5, 2, 1, 3, 4], await ordered.Select(r => r.Key).ToListAsync());
        Assert.Equal([3, 4, 1, 2, 5], await reversed.Select(r => r.Key).ToListAsync());
    }

    [Theory]
    [InlineData("2024-05-01T00:00:00.0000000Z", DateTimeKind.Utc)]
    [InlineData("2024-05-01T00:00:00.0000000", DateTimeKind.Unspecified)]
    public async Task A_date_of_an_earlier_version_is_read_and_found(string stored, DateTimeKind kind)
    {
        var collection = await StoreAsync(DateTime.UnixEpoch);
        await SetTextAsync(stored);

        var read = await collection.GetAsync(r => r.Time == May, 1).SingleAsync();

        Assert.Equal((May, kind), (read.Time, read.Time.Kind));
    }

    [Theory]
    [InlineData("+14:00")]
    [InlineData("-12:00")]
    [InlineData("+05:45")]
    public async Task A_local_time_of_another_time_zone_is_the_same_moment_here(string offset)
    {
        var collection = await StoreAsync(DateTime.UnixEpoch);
        await SetTextAsync("2024-05-01T00:00:00.0000000" + offset);
        var moment = DateTimeOffset.Parse("2024-05-01T00:00:00" + offset, CultureInfo.InvariantCulture);
        var here = moment.LocalDateTime;

        var read = await collection.GetAsync(r => r.Time == here, 1).SingleAsync();

        Assert.Equal((here, DateTimeKind.Local), (read.Time, read.Time.Kind));
        Assert.Equal(moment, new DateTimeOffset(read.Time));
        Assert.Equal(1, await CountAsync(collection, r => r.Time <= here && r.Time >= here));
        Assert.Equal(0, await CountAsync(collection, r => r.Time < here || r.Time > here || r.Time != here));
    }

    [Fact]
    public async Task Other_dates_and_times_have_the_meaning_of_NET()
    {
        var moment = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(2));
        var collection = await StoreAsync(May);
        var record = (await collection.GetAsync(1))!;
        (record.Moment, record.Day, record.Clock, record.Span) = (moment, new(2024, 5, 1), new(23, 59), TimeSpan.FromTicks(-1));
        await collection.UpsertAsync(record);
        var inUtc = moment.ToUniversalTime();

        Assert.Equal(1, await CountAsync(collection, r => r.Moment == inUtc && r.Moment >= moment && r.Moment.Day == 1));
        Assert.Equal(1, await CountAsync(collection, r => r.Day > new DateOnly(2024, 4, 30) && r.Day.DayOfWeek == DayOfWeek.Wednesday));
        Assert.Equal(1, await CountAsync(collection, r => r.Clock > new TimeOnly(9, 0) && r.Clock.AddMinutes(1) == TimeOnly.MinValue));
        Assert.Equal(1, await CountAsync(collection, r => r.Span < TimeSpan.Zero && r.Span.Duration() > TimeSpan.Zero));
        Assert.Equal(1, await CountAsync(collection, r => r.Time - May == TimeSpan.Zero && r.Time.Date == May));
    }

    private static ValueTask<int> CountAsync(
        VectorStoreCollection<int, Sample> collection, System.Linq.Expressions.Expression<Func<Sample, bool>> filter) =>
        collection.GetAsync(filter, 100).CountAsync();

    private async Task<VectorStoreCollection<int, Sample>> StoreAsync(params DateTime[] times)
    {
        var collection = _file.Store.GetCollection<int, Sample>("samples");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(times.Select((time, i) => new Sample { Key = i + 1, Time = time, MaybeTime = time, Times = [time] }));
        return collection;
    }

    private async Task SetTextAsync(string text)
    {
        using var connection = new SqliteConnection(_file.ConnectionString);
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE samples SET \"Time\" = $1";
        command.Parameters.AddWithValue("$1", text);
        await command.ExecuteNonQueryAsync();
    }
}
