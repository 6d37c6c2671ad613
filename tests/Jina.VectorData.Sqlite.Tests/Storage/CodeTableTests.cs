using Jina.VectorData.Sqlite.Tests.Support;

namespace Jina.VectorData.Sqlite.Tests.Storage;

/// <summary>Tests that the table of int8 codes is only a copy: searches stay exact if rows of it are missing or damaged.</summary>
public sealed class CodeTableTests : IDisposable
{
    private const int Count = 3000;
    private const int Dimensions = 32;
    private const string CodesName = "records::vector::Vector::int8";
    private const string Codes = $"\"{CodesName}\"";
    private const string DropCodes = $"DROP TABLE {Codes}; DROP TRIGGER \"{CodesName}::DELETE\"; DROP TRIGGER \"{CodesName}::UPDATE\"";

    private readonly TestStore _file = new();
    private readonly float[][] _vectors = VectorRecords.Create(Count, Dimensions);

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData($"DELETE FROM {Codes}")]
    [InlineData($"DELETE FROM {Codes} WHERE \"::id\" < 100")]
    [InlineData($"DELETE FROM {Codes} WHERE \"::id\" > 2900")]
    [InlineData($"DELETE FROM {Codes} WHERE \"::id\" % 7 = 0")]
    [InlineData($"UPDATE {Codes} SET code = x'' WHERE \"::id\" % 7 = 0")]
    [InlineData($"UPDATE {Codes} SET code = zeroblob(48)")]
    [InlineData($"UPDATE {Codes} SET code = 'text' WHERE \"::id\" % 7 = 0")]
    [InlineData($"UPDATE {Codes} SET code = substr(code, 1, 47) WHERE \"::id\" % 7 = 0")]
    [InlineData($"UPDATE {Codes} SET code = zeroblob(32) || substr(code, 33) WHERE \"::id\" % 7 = 0")]
    [InlineData($"UPDATE {Codes} SET code = (SELECT code FROM {Codes} WHERE \"::id\" = 5)")]
    [InlineData(DropCodes)]
    [InlineData("UPDATE \"records::vector::Vector\" SET vector = vector")]
    public async Task Damaged_and_missing_codes_are_computed_from_the_vectors(string damage)
    {
        await new VectorRecords(_file.Store, Dimensions).StoreAsync(_vectors);
        await _file.ExecuteAsync(damage);

        await AssertExactAsync(cacheBytes: 1 << 30);
        await AssertExactAsync(cacheBytes: 0);
    }

    [Fact]
    public async Task A_changed_or_deleted_vector_loses_its_code()
    {
        await new VectorRecords(_file.Store, Dimensions).StoreAsync(_vectors);
        Assert.Equal((long)Count, await CountAsync());

        await _file.ExecuteAsync("UPDATE \"records::vector::Vector\" SET vector = zeroblob(128) WHERE \"::id\" = 10");
        await _file.ExecuteAsync("DELETE FROM \"records::vector::Vector\" WHERE \"::id\" = 11");
        await _file.ExecuteAsync("DELETE FROM records WHERE \"::id\" = 12");

        Assert.Equal((long)(Count - 3), await CountAsync());
        _vectors[9] = new float[Dimensions];
        using var store = new SqliteVectorStore(_file.ConnectionString);
        var found = await new VectorRecords(store, Dimensions).SearchAsync(_vectors[20], Count);
        Assert.Equal(
            VectorRecords.Scan(_vectors, null, _vectors[20], Count).Where(hit => hit.Id is not (11 or 12)),
            found);
    }

    [Fact]
    public async Task A_file_of_an_older_version_is_searched_as_it_is_and_upgraded_by_the_next_write()
    {
        await new VectorRecords(_file.Store, Dimensions).StoreAsync(_vectors[..^1]);
        await _file.ExecuteAsync(
            DropCodes
            + "; DROP TRIGGER \"records::removed\"; DROP TABLE vectordata_removals; "
            + "CREATE TRIGGER \"records::removed\" AFTER DELETE ON records BEGIN "
            + "DELETE FROM \"records::vector::Vector\" WHERE \"::id\" = old.\"::id\"; "
            + "UPDATE vectordata_collections SET removals = removals + 1 WHERE id = 1; END");
        using var store = new SqliteVectorStore(_file.ConnectionString);
        var records = new VectorRecords(store, Dimensions);
        Assert.Equal(VectorRecords.Scan(_vectors[..^1], null, _vectors[20], 10), await records.SearchAsync(_vectors[20], 10));

        // A removal that no list contains, by the trigger of the older version.
        await records.DeleteAsync([21]);
        Assert.DoesNotContain(await records.SearchAsync(_vectors[20], 10), hit => hit.Id == 21);

        await records.StoreAsync(_vectors[^1..], firstKey: Count);
        Assert.Equal((long)(Count - 1), await CountAsync());
        await records.DeleteAsync([11]);
        Assert.Equal((long)(Count - 2), await CountAsync());
        var expected = VectorRecords.Scan(_vectors, null, _vectors[20], Count).Where(hit => hit.Id is not (11 or 21)).Take(100);
        Assert.Equal(expected, await records.SearchAsync(_vectors[20], 100));
        using var reopened = new SqliteVectorStore(_file.ConnectionString);
        Assert.Equal(expected, await new VectorRecords(reopened, Dimensions).SearchAsync(_vectors[20], 100));
    }

    [Fact]
    public async Task Removed_rows_that_are_no_longer_listed_are_not_found()
    {
        var records = await new VectorRecords(_file.Store, Dimensions).StoreAsync(_vectors);
        Assert.Equal(21, (await records.SearchAsync(_vectors[20], 10))[0].Id);

        using (var other = new SqliteVectorStore(_file.ConnectionString))
        {
            await new VectorRecords(other, Dimensions).DeleteAsync([21, 22, 23]);
        }

        await _file.ExecuteAsync("DELETE FROM vectordata_removals WHERE number = 1");

        Assert.Equal(
            VectorRecords.Scan(_vectors, null, _vectors[20], Count).Where(hit => hit.Id is not (21 or 22 or 23)).Take(10),
            await records.SearchAsync(_vectors[20], 10));
    }

    [Fact]
    public async Task Rows_can_be_removed_from_every_part_of_the_cached_vectors()
    {
        var records = await new VectorRecords(_file.Store, Dimensions).StoreAsync(_vectors);
        var left = Enumerable.Range(1, Count).Select(id => (long)id).ToHashSet();
        var random = new Random(1);
        for (var step = 0; step < 12; step++)
        {
            long[] removed = [.. left.Where(_ => random.Next(10) < step % 4), left.Min(), left.Max()];
            await records.DeleteAsync(removed);
            left.ExceptWith(removed);
            var query = _vectors[random.Next(Count)];

            Assert.Equal(
                VectorRecords.Scan(_vectors, null, query, Count).Where(hit => left.Contains(hit.Id)).Take(10),
                await records.SearchAsync(query, 10));
        }
    }

    private async Task AssertExactAsync(long cacheBytes)
    {
        using var store = new SqliteVectorStore(_file.ConnectionString, new() { MaxVectorCacheBytes = cacheBytes });
        var records = new VectorRecords(store, Dimensions);
        foreach (var query in VectorRecords.Create(10, Dimensions, seed: 3))
        {
            Assert.Equal(VectorRecords.Scan(_vectors, null, query, 10), await records.SearchAsync(query, 10));
        }
    }

    private async Task<object?> CountAsync() => await _file.ExecuteAsync($"SELECT count(*) FROM {Codes}");
}
