using Jina.Testing;
using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests;

public sealed class RegistrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ConnectionString => $"Data Source={_folder.File("store.db")}";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task A_store_uses_the_registered_generator(string? key)
    {
        using var generator = new NamedGenerator("m");
        await using var provider = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator>(generator)
            .AddKeyedJinaSqliteVectorStore(key, ConnectionString)
            .BuildServiceProvider();
        var store = provider.GetRequiredKeyedService<VectorStore>(key);

        await AssertEmbedsAsync(store.GetCollection<string, TextRecord>("texts"));
        Assert.Same(store, provider.GetRequiredKeyedService<SqliteVectorStore>(key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task A_collection_is_registered_as_all_its_abstractions(string? key)
    {
        using var generator = new NamedGenerator("m");
        await using var provider = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator>(generator)
            .AddKeyedJinaSqliteCollection<string, TextRecord>(key, "texts", _ => ConnectionString)
            .BuildServiceProvider();
        var collection = provider.GetRequiredKeyedService<VectorStoreCollection<string, TextRecord>>(key);

        await AssertEmbedsAsync(collection);
        Assert.Same(collection, provider.GetRequiredKeyedService<SqliteCollection<string, TextRecord>>(key));
        Assert.Same(collection, provider.GetRequiredKeyedService<IVectorSearchable<TextRecord>>(key));
        Assert.Same(collection, provider.GetRequiredKeyedService<IKeywordHybridSearchable<TextRecord>>(key));
    }

    [Fact]
    public async Task A_generator_in_the_options_takes_precedence_over_the_registered_one()
    {
        using var own = new NamedGenerator("own");
        using var containers = new NamedGenerator("container's");
        var options = new SqliteVectorStoreOptions { EmbeddingGenerator = own };
        await using var provider = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator>(containers)
            .AddJinaSqliteVectorStore(ConnectionString, options)
            .BuildServiceProvider();

        await AssertEmbedsAsync(provider.GetRequiredService<VectorStore>().GetCollection<string, TextRecord>("texts"));

        Assert.Equal((2, 0), (own.Calls, containers.Calls));
    }

    [Fact]
    public void Registered_options_are_not_changed()
    {
        using var generator = new NamedGenerator("m");
        var options = new SqliteVectorStoreOptions();
        using var provider = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator>(generator)
            .AddJinaSqliteVectorStore(ConnectionString, options)
            .BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<VectorStore>());
        Assert.Null(options.EmbeddingGenerator);
    }

    [Fact]
    public void Arguments_are_checked_at_registration()
    {
        var services = new ServiceCollection();

        Assert.Throws<ArgumentException>("connectionString", () => services.AddJinaSqliteVectorStore(""));
        Assert.Throws<ArgumentNullException>(
            "connectionStringProvider", () => services.AddJinaSqliteVectorStore((Func<IServiceProvider, string>)null!));
        Assert.Throws<ArgumentException>(
            "name", () => services.AddJinaSqliteCollection<string, TextRecord>(" ", ConnectionString));
    }

    private static async Task AssertEmbedsAsync(VectorStoreCollection<string, TextRecord> collection)
    {
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(
        [
            new TextRecord { Key = "a", Text = "abc" },
            new TextRecord { Key = "z", Text = "z" },
            new TextRecord { Key = "none" },
        ]);

        Assert.Equal(["a", "z"], await collection.SearchAsync("abd", 10).Select(result => result.Record.Key).ToListAsync());
    }
}
