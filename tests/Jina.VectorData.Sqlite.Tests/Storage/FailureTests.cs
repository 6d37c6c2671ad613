using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Storage;

/// <summary>Tests that failures of the file are reported clearly and lose no data.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_file_that_is_not_a_database_is_not_changed()
    {
        await File.WriteAllTextAsync(_file.Path, new string('x', 4096));

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => _file.HotelsAsync());

        Assert.Equal($"The file '{_file.Path}' is not a SQLite database. It was not changed. Use another file name.", error.Message);
        Assert.Equal(4096, new FileInfo(_file.Path).Length);
    }

    [Fact]
    public async Task A_missing_folder_is_reported()
    {
        using var store = new SqliteVectorStore($"Data Source={_file.Path}/missing/x.db");
        var hotels = store.GetCollection<string, Hotel>("hotels");

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.EnsureCollectionExistsAsync());

        Assert.Contains("cannot be opened. Its folder must exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_database_can_be_read_and_not_written()
    {
        await _file.HotelsAsync(Hotels.All);
        using var store = new SqliteVectorStore($"{_file.ConnectionString};Mode=ReadOnly");
        var hotels = store.GetCollection<string, Hotel>("hotels");

        Assert.NotNull(await hotels.GetAsync("Summit"));
        var error = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.DeleteAsync("Summit"));
        Assert.Contains(
            "is read-only, but this operation writes to it. Nothing was changed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_write_of_another_program_is_reported_as_a_lock()
    {
        await _file.HotelsAsync(Hotels.All);
        using var writer = new SqliteConnection(_file.ConnectionString);
        await writer.OpenAsync();
        using var transaction = writer.BeginTransaction(deferred: false);
        using var store = new SqliteVectorStore($"{_file.ConnectionString};Default Timeout=1");
        var hotels = store.GetCollection<string, Hotel>("hotels");

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => hotels.DeleteAsync("Summit"));

        Assert.Contains(
            "is locked: another program has been writing to it for 1 s. Nothing was changed.", error.Message, StringComparison.Ordinal);
        Assert.NotNull(await hotels.GetAsync("Summit"));
    }

    [Fact]
    public async Task A_layout_of_another_version_is_rejected()
    {
        await _file.HotelsAsync(Hotels.All);
        await ExecuteAsync("UPDATE vectordata_schema SET version = 99");

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => _file.HotelsAsync());

        Assert.Contains(
            "Its tables have layout 99, but this version of the library reads layout 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_not_a_collection_is_not_changed()
    {
        await ExecuteAsync("CREATE TABLE Hotels (a)");

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => _file.HotelsAsync());

        Assert.Contains(
            "already has a table 'hotels' that is not a collection of this store.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_of_another_embedding_model_is_rejected_with_both_names()
    {
        using var first = new NamedGenerator("model-a");
        using var second = new NamedGenerator("model-b");
        await Texts(first).EnsureCollectionExistsAsync();
        var record = new TextRecord { Key = "x", Text = "y" };

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => Texts(second).UpsertAsync(record));

        Assert.Contains("of the model 'model-a', but the embedding generator is 'model-b'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, second.Calls);
        await Texts(first).UpsertAsync(record);
    }

    [Fact]
    public async Task A_collection_of_other_files_of_the_same_model_is_rejected()
    {
        using var first = new NamedGenerator("model", "files-1");
        using var second = new NamedGenerator("model", "files-2");
        using var unknown = new NamedGenerator("model");
        await Texts(first).EnsureCollectionExistsAsync();
        var record = new TextRecord { Key = "x", Text = "y" };

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => Texts(second).UpsertAsync(record));

        Assert.Contains("of other files of the model 'model': of 'files-1', but", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, second.Calls);
        await Texts(first).UpsertAsync(record);
        await Texts(unknown).UpsertAsync(record);
    }

    [Fact]
    public async Task A_collection_whose_files_of_the_model_are_not_known_accepts_all_of_them()
    {
        using var unknown = new NamedGenerator("model");
        using var known = new NamedGenerator("model", "files-1");
        await Texts(unknown).EnsureCollectionExistsAsync();

        await Texts(known).UpsertAsync(new TextRecord { Key = "x", Text = "y" });
    }

    [Fact]
    public async Task A_collection_of_another_precision_is_rejected_with_both_names()
    {
        using var first = new NamedGenerator("model", "files", "Fp32");
        using var second = new NamedGenerator("model", "files", "Int8");
        using var unknown = new NamedGenerator("model", "files");
        await Texts(first).EnsureCollectionExistsAsync();
        var record = new TextRecord { Key = "x", Text = "y" };

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => Texts(second).UpsertAsync(record));

        Assert.EndsWith(
            "has vectors 'Text' of the model 'model' in the precision 'Fp32', but the embedding generator has 'Int8'. Set the precision "
            + "of the generator to 'Fp32', or call ReembedAsync of SqliteCollection to embed the records again in 'Int8'.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(0, second.Calls);
        await Texts(first).UpsertAsync(record);
        await Texts(unknown).UpsertAsync(record);
    }

    [Fact]
    public async Task A_model_whose_files_are_known_after_the_first_record_is_remembered_with_them()
    {
        using var unknown = new NamedGenerator("model");
        using var known = new NamedGenerator("model", "files-1", "Fp32");
        using var other = new NamedGenerator("model", "files-2", "Fp32");
        await Texts(unknown).EnsureCollectionExistsAsync();
        var record = new TextRecord { Key = "x", Text = "y" };

        await Texts(known).UpsertAsync(record);

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => Texts(other).UpsertAsync(record));
        Assert.Contains("of 'files-1', but the embedding generator has 'files-2'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_without_vectors_work_with_any_embedding_model()
    {
        using var first = new NamedGenerator("model-a");
        using var second = new NamedGenerator("model-b");
        await Texts(first).EnsureCollectionExistsAsync();
        await Texts(first).UpsertAsync([new() { Key = "x", Text = "y" }, new() { Key = "z", Text = "y" }]);
        var texts = Texts(second);

        Assert.NotNull(await texts.GetAsync("x"));
        Assert.Equal(2, await texts.GetAsync(record => record.Key != "", 10).CountAsync());
        await texts.DeleteAsync("x");

        Assert.Null(await Texts(first).GetAsync("x"));
        await Assert.ThrowsAsync<VectorStoreException>(() => texts.EnsureCollectionExistsAsync());
        await Assert.ThrowsAsync<VectorStoreException>(() => texts.SearchAsync("y", 1).CountAsync().AsTask());
    }

    [Fact]
    public async Task A_record_type_without_a_column_can_read_and_not_write()
    {
        await _file.HotelsAsync(Hotels.All);
        var part = _file.Store.GetCollection<string, HotelPart>("hotels");

        Assert.Equal(5, (await part.GetAsync("Summit"))!.Stars);
        var error = await Assert.ThrowsAsync<VectorStoreException>(() => part.UpsertAsync(new HotelPart { Name = "Summit" }));
        Assert.Contains("Writing with it would lose that value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_type_with_an_extra_property_is_rejected_with_the_missing_column()
    {
        await _file.Store.GetCollection<string, HotelPart>("hotels").EnsureCollectionExistsAsync();

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => _file.HotelsAsync());

        Assert.Contains("has no column 'City' for the property 'City'. It has: Name, Stars.", error.Message, StringComparison.Ordinal);
    }

    private VectorStoreCollection<string, TextRecord> Texts(IEmbeddingGenerator generator) =>
        new SqliteCollection<string, TextRecord>(_file.ConnectionString, "texts", new() { EmbeddingGenerator = generator });

    private async Task ExecuteAsync(string sql)
    {
        using var connection = new SqliteConnection(_file.ConnectionString);
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public sealed class HotelPart
    {
        [VectorStoreKey]
        public string Name { get; set; } = "";

        [VectorStoreData]
        public int Stars { get; set; }
    }
}
