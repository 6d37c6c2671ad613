using System.Linq.Expressions;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Tests methods of strings and enums in filters, for records and for dictionaries.</summary>
public sealed class TextFilterTests : IDisposable
{
    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Methods_of_strings_have_the_meaning_of_NET()
    {
        var samples = await StoreAsync(
            new() { Key = 1, Text = "Straße 100%", Other = "straße" },
            new() { Key = 2, Text = "strasse_1\0b", Other = "" },
            new() { Key = 3, Text = null, Other = null },
            new() { Key = 4, Text = "ÄRGER", Other = "ärger" });

        Check(samples, r => r.Text!.StartsWith("Str"), 1);
        Check(samples, r => r.Text!.StartsWith("str", StringComparison.OrdinalIgnoreCase), 1, 2);
        Check(samples, r => r.Text!.EndsWith('%'), 1);
        Check(samples, r => r.Text!.EndsWith("\0b", StringComparison.Ordinal), 2);
        Check(samples, r => r.Text!.Contains('_'), 2);
        Check(samples, r => r.Text!.Contains(""), 1, 2, 4);
        Check(samples, r => r.Text!.Contains("0%"), 1);
        Check(samples, r => r.Text!.Contains("ärg", StringComparison.OrdinalIgnoreCase), 4);
        Check(samples, r => r.Text!.Contains("ärg"));
        Check(samples, r => string.Equals(r.Text, r.Other, StringComparison.OrdinalIgnoreCase), 3, 4);
        Check(samples, r => r.Text!.Equals("ärger", StringComparison.OrdinalIgnoreCase), 4);
        Check(samples, r => (r.Text!.ToLower() + "") == r.Other, 4);
        Check(samples, r => (r.Text!.ToUpperInvariant() + "") == "STRASSE_1\0B", 2);
        Check(samples, r => string.IsNullOrEmpty(r.Other), 2, 3);
        Check(samples, r => r.Text!.Length > 9 && r.Text[9] == '0', 1);
        Check(samples, r => r.Text!.Substring(0, 1) == "Ä", 4);
        Check(samples, r => new[] { "ärger" }.Contains(r.Text, StringComparer.OrdinalIgnoreCase), 4);
        Check(samples, r => string.Compare(r.Text, "T", StringComparison.Ordinal) > 0, 2, 4);
        Check(samples, r => (r.Text + r.Other) == "ÄRGERärger", 4);
    }

    [Fact]
    public async Task Sets_keep_their_own_comparers()
    {
        var samples = await StoreAsync(new() { Key = 1, Text = "Kiel" }, new() { Key = 2, Text = "kiel" }, new() { Key = 3 });
        var ignoringCase = new HashSet<string?>(StringComparer.OrdinalIgnoreCase) { "KIEL" };
        IEnumerable<string?> sequence = ignoringCase;
        var sorted = new SortedSet<string>(StringComparer.OrdinalIgnoreCase) { "KIEL" };

        Check(samples, r => ignoringCase.Contains(r.Text), 1, 2);
        Check(samples, r => sequence.Contains(r.Text), 1, 2);
        Check(samples, r => r.Text != null && sorted.Contains(r.Text), 1, 2);
        Check(samples, r => new HashSet<string?> { "kiel", null }.Contains(r.Text), 2, 3);
    }

    [Fact]
    public async Task Texts_in_arrays_are_compared_ordinally()
    {
        var samples = await StoreAsync(new() { Key = 1, Texts = ["a\0b", "Ä"] }, new() { Key = 2, Texts = ["a", "ä"] }, new() { Key = 3 });

        Check(samples, r => r.Texts != null && r.Texts.Contains("a"), 2);
        Check(samples, r => r.Texts != null && r.Texts.Contains("a\0b"), 1);
        Check(samples, r => r.Texts != null && r.Texts.Any(text => text.StartsWith("Ä", StringComparison.OrdinalIgnoreCase)), 1, 2);
        Check(samples, r => r.Texts != null && r.Texts.Length == 2 && r.Texts[0] == "a", 2);
        Check(samples, r => new[] { "a\0b", "x" }.Contains(r.Texts == null ? null : r.Texts[0]), 1);
        Check(samples, r => r.Texts == null || !r.Texts.Any(), 3);
    }

    [Fact]
    public async Task Enums_can_be_compared_listed_and_ordered()
    {
        var samples = await StoreAsync(
            new() { Key = 1, Weekday = DayOfWeek.Monday, Flags = Letters.A | Letters.C, Weekdays = [DayOfWeek.Friday] },
            new() { Key = 2, Weekday = DayOfWeek.Sunday, MaybeWeekday = DayOfWeek.Friday, Flags = Letters.B },
            new() { Key = 3, Weekday = (DayOfWeek)42, MaybeWeekday = DayOfWeek.Monday });
        DayOfWeek? none = null;
        var days = new List<DayOfWeek> { DayOfWeek.Monday, (DayOfWeek)42 };

        Check(samples, r => r.Weekday == DayOfWeek.Monday, 1);
        Check(samples, r => r.Weekday > DayOfWeek.Sunday, 1, 3);
        Check(samples, r => (int)r.Weekday == 42, 3);
        Check(samples, r => days.Contains(r.Weekday), 1, 3);
        Check(samples, r => r.MaybeWeekday == none, 1);
        Check(samples, r => r.MaybeWeekday != DayOfWeek.Friday, 1, 3);
        Check(samples, r => r.MaybeWeekday.HasValue && r.MaybeWeekday.Value == DayOfWeek.Friday, 2);
        Check(samples, r => (r.Flags & Letters.C) != 0, 1);
        Check(samples, r => r.Flags == (Letters.A | Letters.C), 1);
        Check(samples, r => r.Weekdays != null && r.Weekdays.Contains(DayOfWeek.Friday), 1);
        Check(samples, r => r.Weekday.ToString() == "Monday", 1);
        Check(samples, r => r.Weekday.Equals(DayOfWeek.Sunday), 2);
        var ordered = samples.GetAsync(_ => true, 10, new() { OrderBy = order => order.Descending(r => r.Weekday) });
        Assert.Equal([3, 1, 2], await ordered.Select(r => r.Key).ToListAsync());
    }

    [Fact]
    public async Task Dictionaries_are_filtered_like_records()
    {
        var collection = _file.Store.GetDynamicCollection("rows", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Key", typeof(int)) { IsAutoGenerated = false },
                new VectorStoreDataProperty("Text", typeof(string)),
                new VectorStoreDataProperty("Day", typeof(DayOfWeek?)),
                new VectorStoreDataProperty("Number", typeof(double)),
            ],
        });
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(
        [
            new() { ["Key"] = 1, ["Text"] = "Kiel", ["Day"] = DayOfWeek.Friday, ["Number"] = 3.9 },
            new() { ["Key"] = 2, ["Text"] = null, ["Day"] = null, ["Number"] = 3.0 },
        ]);
        var name = "Text";
        object kiel = new string(['K', 'i', 'e', 'l']);

        Assert.Equal([1], await KeysAsync(row => ((string)row[name]!).StartsWith("k", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal([1], await KeysAsync(row => row["Text"] == kiel));
        Assert.Equal([1], await KeysAsync(row => (DayOfWeek?)row["Day"] == DayOfWeek.Friday));
        Assert.Equal([2], await KeysAsync(row => row["Day"] == null));
        Assert.Equal([1, 2], await KeysAsync(row => (int)(double)row["Number"]! == 3));
        await Assert.ThrowsAsync<InvalidCastException>(() => KeysAsync(row => (int)row["Number"]! == 3));
        await Assert.ThrowsAsync<InvalidOperationException>(() => KeysAsync(row => (int)row["None"]! == 3));

        Task<List<object?>> KeysAsync(Expression<Func<Dictionary<string, object?>, bool>> filter) =>
            collection.GetAsync(filter, 10).Select(row => row["Key"]).ToListAsync().AsTask();
    }

    private static void Check(VectorStoreCollection<int, Sample> samples, Expression<Func<Sample, bool>> filter, params int[] expected)
    {
        var found = samples.GetAsync(filter, 100).ToBlockingEnumerable().Select(r => r.Key).ToList();
        Assert.True(expected.SequenceEqual(found), $"{filter}: {string.Join(", ", found)}");
    }

    private async Task<VectorStoreCollection<int, Sample>> StoreAsync(params Sample[] records)
    {
        var collection = _file.Store.GetCollection<int, Sample>("samples");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(records);
        return collection;
    }
}
