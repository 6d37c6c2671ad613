using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.Caching;

/// <summary>Tests the cache in front of a model directory whose files change.</summary>
public sealed class ChangedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingCache _cache = new();

    public ChangedModelTests() => DemoModelCopy.To(_folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Weights => Checkpoint.Open(_folder.Path).Embedding.File;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Precision.Fp32)]
    [InlineData(Precision.Int8)]
    public async Task A_changed_row_of_the_table_has_entries_of_its_own_even_if_size_and_time_are_kept(Precision precision)
    {
        var before = await EmbedAsync(precision);
        ChangeRain();

        var after = await EmbedAsync(precision);

        Assert.NotEqual(before, after);
        Assert.Equal(2, _cache.Entries.Count);
    }

    [Fact]
    public async Task Files_that_change_between_the_lookup_and_the_load_do_not_mix_the_vectors_of_two_models()
    {
        using var inner = Open(Precision.Fp32);
        using var generator = Cached(inner);

        // The first name of the model is that of the old files, and the load has the new ones.
        await inner.GetIdentityAsync(Token);
        ChangeRain();
        File.SetLastWriteTimeUtc(Weights, DateTime.UtcNow);
        await Assert.ThrowsAsync<JinaModelException>(() => generator.GenerateAsync(["rain"], cancellationToken: Token));
        var vector = await generator.GenerateVectorAsync("rain", cancellationToken: Token);

        var (key, _) = _cache.Entries.Single();
        Assert.Equal(vector.ToArray(), await EmbedAsync(Precision.Fp32));
        Assert.Equal(key, _cache.Entries.Single().Key);
    }

    [Fact]
    public async Task A_model_keeps_its_name_and_its_vectors_after_its_files_were_replaced()
    {
        using var inner = Open(Precision.Fp32);
        using var generator = Cached(inner);
        var before = await generator.GenerateVectorAsync("rain", cancellationToken: Token);
        File.Move(Weights, _folder.File("old"));
        File.Copy(_folder.File("old"), _folder.File("model.safetensors"));
        ChangeRain();
        _cache.Entries.Clear();

        var after = await generator.GenerateVectorAsync("rain", cancellationToken: Token);

        Assert.Equal(before.ToArray(), after.ToArray());
        var key = _cache.Entries.Single().Key;
        await EmbedAsync(Precision.Fp32);
        Assert.Equal(2, _cache.Entries.Count);
        Assert.Contains(key, _cache.Entries.Keys);
    }

    [Fact]
    public async Task If_a_loaded_model_can_no_longer_be_named_its_vectors_are_computed_without_the_cache()
    {
        using var inner = Open(Precision.Fp32);
        using var generator = Cached(inner);
        var before = await inner.GenerateVectorAsync("rain", cancellationToken: Token);
        File.SetLastWriteTimeUtc(Weights, DateTime.UtcNow.AddHours(1));

        var after = await generator.GenerateVectorAsync("rain", cancellationToken: Token);

        Assert.Equal(before.ToArray(), after.ToArray());
        Assert.Empty(_cache.Entries);
    }

    [Fact]
    public void Changed_files_have_another_identity_and_the_same_files_have_the_same_one()
    {
        using var first = Open(Precision.Fp32);
        using var second = Open(Precision.Fp32);
        var identity = Identity(first);
        Assert.Equal(identity, Identity(second));
        ChangeRain();
        using var third = Open(Precision.Fp32);

        Assert.NotEqual(identity, Identity(third));
        Assert.Equal(identity, Identity(first));
        File.Delete(Weights);
        using var without = Open(Precision.Fp32);
        Assert.Null(Identity(without));
    }

    private static string? Identity(JinaEmbeddingGenerator generator) =>
        (string?)generator.GetService(typeof(string), JinaEmbeddingGenerator.ModelIdentityKey);

    /// <summary>Changes the row of a token of "rain".</summary>
    private void ChangeRain()
    {
        var table = Checkpoint.Open(_folder.Path).Tensors[T5WeightNames.Embedding];
        var id = T5Tokenizer.Create(_folder.File("spiece.model")).EncodeToIds("rain")[0];
        var rowBytes = (int)(table.Length / table.Shape[0]);
        TestFiles.ChangeInPlace(table.File, table.Offset + (id * rowBytes), new byte[rowBytes / 2]);
    }

    private async Task<float[]> EmbedAsync(Precision precision)
    {
        using var generator = Cached(Open(precision));
        return (await generator.GenerateVectorAsync("rain", cancellationToken: Token)).ToArray();
    }

    private JinaEmbeddingGenerator Open(Precision precision) =>
        new(new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(_folder.Path), Precision = precision });

    private IEmbeddingGenerator<string, Embedding<float>> Cached(JinaEmbeddingGenerator generator) =>
        generator.AsBuilder().UseJinaEmbeddingCache(_cache).Build();
}
