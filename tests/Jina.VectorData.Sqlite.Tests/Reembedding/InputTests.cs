using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Reembedding;

/// <summary>Tests the re-embedding of records whose vector properties are not computed from stored properties.</summary>
public sealed class InputTests : IDisposable
{
    private readonly ArticleFile _file = new();
    private readonly ModelGenerator _old = new("old", 4);
    private readonly ModelGenerator _new = new("new", 4);

    public void Dispose()
    {
        _file.Dispose();
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public async Task An_input_that_is_not_stored_is_reported_with_the_key_and_set_by_a_function()
    {
        await Open<Input>(_old).EnsureCollectionExistsAsync();
        await Open<Input>(_old).UpsertAsync([new() { Id = "a", Text = "x" }, new() { Id = "b", Text = "y" }, new() { Id = "c" }]);
        var inputs = Open<Input>(_new);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => inputs.ReembedAsync());
        Assert.StartsWith(
            "The record with the key 'a' has a vector 'Text', but its property 'Text' is null", error.Message, StringComparison.Ordinal);
        Assert.Empty(_new.Texts);

        await inputs.ReembedAsync(setInputs: (records, _) =>
        {
            foreach (var record in records)
            {
                record.Text = record.Id switch { "a" => "x", "b" => "z", _ => null };
            }

            return Task.CompletedTask;
        });

        Assert.Equal(["x", "z"], _new.Texts);
        Assert.Equal("b", (await inputs.SearchAsync("z", 1).SingleAsync()).Record.Id);
        Assert.Equal(2, await inputs.SearchAsync("z", 10).CountAsync());
    }

    [Fact]
    public async Task Vectors_of_the_caller_are_set_by_a_function()
    {
        await Open<Ready>(_old).EnsureCollectionExistsAsync();
        await Open<Ready>(_old).UpsertAsync([new() { Id = "a", Text = "x", Vector = _old.Embed("x") }, new() { Id = "b", Text = "y" }]);
        var ready = Open<Ready>(_new);

        await ready.ReembedAsync(setInputs: async (records, cancellationToken) =>
        {
            var texts = records.Select(record => record.Text);
            var embeddings = await _new.GenerateAsync(texts, cancellationToken: cancellationToken);
            foreach (var (record, embedding) in records.Zip(embeddings))
            {
                record.Vector = embedding.Vector;
            }
        });

        Assert.Equal(["x", "y"], _new.Texts);
        var hit = await ready.SearchAsync(_new.Embed("y"), 1, new() { IncludeVectors = true }).SingleAsync();
        Assert.Equal("b", hit.Record.Id);
        Assert.Equal(_new.Embed("y"), hit.Record.Vector!.Value.ToArray());
        await Assert.ThrowsAsync<VectorStoreException>(
            () => Open<Ready>(_old).GetAsync("a", new() { IncludeVectors = true }));
        Assert.Equal("x", (await Open<Ready>(_old).GetAsync("a"))!.Text);
    }

    [Fact]
    public async Task Records_without_a_type_are_embedded_again()
    {
        await OpenDynamic(_old).EnsureCollectionExistsAsync();
        await OpenDynamic(_old).UpsertAsync(new Dictionary<string, object?> { ["Id"] = "a", ["Text"] = "x", ["Vector"] = "x" });
        var records = OpenDynamic(_new);

        await records.ReembedAsync(setInputs: (batch, _) =>
        {
            foreach (var record in batch)
            {
                record["Vector"] = record["Text"];
            }

            return Task.CompletedTask;
        });

        var hit = await records.SearchAsync("x", 1).SingleAsync();
        Assert.Equal(("a", 1), ((string)hit.Record["Id"]!, Math.Round(hit.Score!.Value, 4)));
    }

    [Fact]
    public async Task A_failure_of_the_function_keeps_the_old_vectors()
    {
        await Open<Input>(_old).EnsureCollectionExistsAsync();
        await Open<Input>(_old).UpsertAsync(new Input { Id = "a", Text = "x" });

        await Assert.ThrowsAsync<IOException>(() => Open<Input>(_new).ReembedAsync(setInputs: (_, _) => throw new IOException()));

        Assert.Equal(1, (await Open<Input>(_old).SearchAsync("x", 1).SingleAsync()).Score!.Value, 1e-5);
    }

    private SqliteCollection<string, T> Open<T>(IEmbeddingGenerator model)
        where T : class => new(_file.ConnectionString, "records", new() { EmbeddingGenerator = model });

    private SqliteDynamicCollection OpenDynamic(IEmbeddingGenerator model) => new(
        _file.ConnectionString,
        "dynamic",
        new()
        {
            EmbeddingGenerator = model,
            Definition = new()
            {
                Properties =
                [
                    new VectorStoreKeyProperty("Id", typeof(string)),
                    new VectorStoreDataProperty("Text", typeof(string)),
                    new VectorStoreVectorProperty("Vector", typeof(string), 4),
                ],
            },
        });

    private sealed class Input
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreVector(4)]
        public string? Text { get; set; }
    }

    private sealed class Ready
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public string Text { get; set; } = "";

        [VectorStoreVector(4)]
        public ReadOnlyMemory<float>? Vector { get; set; }
    }
}
