using Jina.VectorData.Sqlite.Tests.Support;

namespace Jina.VectorData.Sqlite.Tests;

/// <summary>Tests that texts which differ only by half of a surrogate pair do not become the same text.</summary>
public sealed class SurrogateTests : IDisposable
{
    private const string Fault = "contains half of a surrogate pair";

    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_key_with_half_of_a_pair_is_rejected()
    {
        // Attributes would store these strings as UTF-8, so they are not inline data.
        (string Key, int Index)[] cases =
        [
            ("\uD800", 0),
            ("a\uDC00", 1),
            ("\uDC00\uD800", 0),
            ("\U0001F600\uD83D", 2),
            ("\uD83D\U0001F600", 0),
            ("x\uD83Dy\uDE00", 1),
        ];
        var hotels = await _file.HotelsAsync(new Hotel { Name = "\uFFFD" }, new Hotel { Name = "a\uFFFD" });
        foreach (var (key, index) in cases)
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(() => hotels.UpsertAsync(new Hotel { Name = key }));

            Assert.Contains($"{Fault}, which is not a character and cannot be stored: U+", error.Message, StringComparison.Ordinal);
            Assert.Contains($"at position {index} of {key.Length}.", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ArgumentException>(() => hotels.GetAsync(key));
            await Assert.ThrowsAsync<ArgumentException>(() => hotels.DeleteAsync(key));
        }

        Assert.Equal(2, await hotels.GetAsync(hotel => true, 10).CountAsync());
    }

    [Fact]
    public async Task Data_with_half_of_a_pair_is_rejected_with_its_property()
    {
        var hotels = await _file.HotelsAsync();

        var text = await Assert.ThrowsAsync<ArgumentException>(
            () => hotels.UpsertAsync([Hotels.All[0], new Hotel { Name = "x", Description = "cut \uD83D" }]));
        var tag = await Assert.ThrowsAsync<ArgumentException>(
            () => hotels.UpsertAsync(new Hotel { Name = "x", Tags = ["sea", "\uDE00"] }));

        Assert.Contains($"property 'Description' cannot be stored. A text {Fault}", text.Message, StringComparison.Ordinal);
        Assert.Contains($"property 'Tags' cannot be stored. A text {Fault}", tag.Message, StringComparison.Ordinal);
        Assert.Equal(0, await hotels.GetAsync(hotel => true, 10).CountAsync());
    }

    [Fact]
    public async Task A_filter_with_half_of_a_pair_finds_no_other_text()
    {
        var hotels = await _file.HotelsAsync(new Hotel { Name = "x", City = "\uFFFD" });

        Assert.Equal(0, await hotels.GetAsync(hotel => hotel.City == "\uD800", 10).CountAsync());
        Assert.Equal(0, await hotels.GetAsync(hotel => hotel.City!.Contains("\uD800a"), 10).CountAsync());
        Assert.Equal(1, await hotels.GetAsync(hotel => hotel.City == "\uFFFD", 10).CountAsync());
    }

    [Fact]
    public async Task A_collection_name_with_half_of_a_pair_is_not_that_of_another_collection()
    {
        await _file.Store.GetCollection<string, Hotel>("\uFFFD").EnsureCollectionExistsAsync();

        var error = Assert.Throws<ArgumentException>(() => _file.Store.GetCollection<string, Hotel>("\uD800"));

        Assert.Contains(Fault, error.Message, StringComparison.Ordinal);
        Assert.False(await _file.Store.CollectionExistsAsync("\uD800"));
        await _file.Store.EnsureCollectionDeletedAsync("\uD800");
        Assert.True(await _file.Store.CollectionExistsAsync("\uFFFD"));
    }

    [Fact]
    public async Task Whole_pairs_and_the_replacement_character_are_stored_as_they_are()
    {
        string[] names = ["\U0001F600", "\uFFFD", "a\U0001F600b\U0010FFFF", "\uD7FF\uE000"];
        var hotels = await _file.HotelsAsync([.. names.Select(name => new Hotel { Name = name, City = name, Tags = [name] })]);

        foreach (var name in names)
        {
            var found = await hotels.GetAsync(name);
            Assert.Equal((name, name, name), (found!.Name, found.City, found.Tags.Single()));
        }
    }
}
