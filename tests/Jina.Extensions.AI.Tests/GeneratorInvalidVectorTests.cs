using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Tests.Caching;
using Jina.Extensions.AI.Tests.OnnxExports;
using Jina.RandomCheckpoints;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests;

/// <summary>Tests models whose vectors are not finite or only zeros, through each way to embed.</summary>
public sealed class GeneratorInvalidVectorTests : IDisposable
{
    private const int BadId = 9;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightType.F16)]
    [InlineData(WeightType.BF16)]
    [InlineData(WeightType.F32)]
    public async Task Every_entry_point_rejects_the_text_and_names_the_model(WeightType type)
    {
        WriteModel(type);
        SetRow("shared.weight", BadId, float.PositiveInfinity);
        using var generator = Open();
        var bad = (await generator.GetTokenizerAsync(Token)).Decode([BadId])!;
        int[][] ids = [[5, 6], [BadId]];

        await AssertRejectedAsync(() => generator.GenerateFromTokensAsync(ids, cancellationToken: Token));
        await AssertRejectedAsync(() => DrainAsync(generator.GenerateStreamingFromTokensAsync(ids, cancellationToken: Token)));
        await AssertRejectedAsync(() => generator.GenerateAsync(["a", bad], Raw, Token));
        await AssertRejectedAsync(() => DrainAsync(generator.GenerateStreamingAsync(["a", bad], cancellationToken: Token)));
        await AssertRejectedAsync(
            () => DrainAsync(generator.GenerateAndZipStreamingAsync(["a", bad], text => text, cancellationToken: Token)));
        Assert.Single(await generator.GenerateFromTokensAsync([[5, 6]], cancellationToken: Token));
    }

    [Fact]
    public async Task A_bad_text_does_not_change_the_vectors_of_the_requests_in_its_micro_batch()
    {
        WriteModel(WeightType.F32);
        SetRow("shared.weight", BadId, float.NaN);
        using var generator = Open(maxThreads: 1);
        var expected = (await generator.GenerateFromTokensAsync([[5, 6, 7]], cancellationToken: Token))[0].Vector;

        // Requests that arrive during a run share the next micro-batch.
        var requests = Enumerable.Range(0, 60).Select(i => Task.Run(
            () => generator.GenerateFromTokensAsync([i % 3 == 0 ? [5, BadId, 7] : [5, 6, 7]], cancellationToken: Token))).ToArray();
        await Task.WhenAll(requests).ContinueWith(static _ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);

        for (var i = 0; i < requests.Length; i++)
        {
            if (i % 3 == 0)
            {
                Assert.IsType<JinaModelException>(requests[i].Exception!.InnerException);
            }
            else
            {
                Tolerance.SameModel.AssertEqual(expected, (await requests[i])[0].Vector);
            }
        }
    }

    [Fact]
    public async Task A_row_of_the_padding_that_is_not_finite_is_never_a_silent_change()
    {
        WriteModel(WeightType.F32);
        SetRow("shared.weight", 0, float.NaN);
        using var generator = Open(maxThreads: 1);

        var alone = (await generator.GenerateFromTokensAsync([[5, 6, 7]], cancellationToken: Token))[0].Vector;
        var error = await Assert.ThrowsAsync<JinaModelException>(() => generator.GenerateFromTokensAsync(
            [[5, 6, 7], [5, 6, 7, 8, 9]], cancellationToken: Token));

        Assert.DoesNotContain(alone.ToArray(), component => !float.IsFinite(component));
        Assert.Contains("The vector of text 0 has infinite components", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_that_overflow_during_inference_are_rejected()
    {
        WriteModel(WeightType.F32);
        SetRow("encoder.block.0.layer.1.DenseReluDense.wi.weight", 0, 3e38f);
        SetRow("encoder.block.0.layer.1.DenseReluDense.wo.weight", 0, 3e38f);
        foreach (var precision in Enum.GetValues<Precision>())
        {
            using var generator = Open(precision);

            var error = await Assert.ThrowsAsync<JinaModelException>(
                () => generator.GenerateFromTokensAsync([.. Enumerable.Range(2, 20).Select(id => new[] { id })], cancellationToken: Token));

            Assert.Equal(_folder.Path, error.ModelPath);
        }
    }

    [Fact]
    public async Task Nothing_is_cached_and_a_damaged_entry_of_the_cache_is_computed_again()
    {
        WriteModel(WeightType.F16);
        SetRow("shared.weight", BadId, float.NegativeInfinity);
        var cache = new RecordingCache();
        using var generator = Open();
        var bad = (await generator.GetTokenizerAsync(Token)).Decode([BadId])!;
        using var cached = generator.AsBuilder().UseJinaEmbeddingCache(cache).Build();

        await AssertRejectedAsync(() => cached.GenerateAsync(["a", bad], cancellationToken: Token));
        Assert.Empty(cache.Entries);

        var expected = await cached.GenerateVectorAsync("a", cancellationToken: Token);
        var (key, entry) = cache.Entries.Single();
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, 0f })
        {
            var damaged = entry.ToArray();
            for (var i = 10; i < damaged.Length; i += sizeof(float))
            {
                BinaryPrimitives.WriteSingleLittleEndian(damaged.AsSpan(i), value);
            }

            cache.Entries[key] = damaged;
            Assert.Equal(expected.ToArray(), (await cached.GenerateVectorAsync("a", cancellationToken: Token)).ToArray());
            Assert.Equal(entry, cache.Entries[key]);
        }
    }

    [Theory]
    [InlineData("sentence_embedding", true, float.NaN, "has infinite components")]
    [InlineData("embedding", true, float.PositiveInfinity, "has infinite components")]
    [InlineData("last_hidden_state", false, float.NegativeInfinity, "has infinite components")]
    [InlineData("token_embeddings", false, 0f, "has only zeros")]
    public async Task Vectors_of_an_export_are_checked_too(string output, bool pooled, float value, string problem)
    {
        File.Copy(Path.Combine(DemoModel.Folder, "spiece.model"), _folder.File("spiece.model"));
        OnnxExportFixture.Write(_folder.File("model.onnx"), output, pooled);
        Replace(_folder.File("model.onnx"), [(float)BadId, 1f], [value, value]);
        if (value == 0)
        {
            // The end of a text counts in its mean.
            Replace(_folder.File("model.onnx"), [0f, 1f, 1f, 1f], [0f, 1f, 0f, 0f]);
        }

        using var generator = Open();
        int[][] good = [[BadId + 1]];

        Assert.Single(await generator.GenerateFromTokensAsync(good, Raw, Token));
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => generator.GenerateFromTokensAsync([.. good, [BadId]], cancellationToken: Token));

        Assert.Contains($"The vector of text 1 {problem}", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    private static EmbeddingGenerationOptions Raw => new()
    {
        AdditionalProperties = new() { [JinaEmbeddingGenerator.NormalizeKey] = false },
    };

    private void WriteModel(WeightType type) => RandomCheckpoint.Write(
        _folder.Path, RandomCheckpointOptions.Tiny with { Type = type }, Token);

    private JinaEmbeddingGenerator Open(Precision precision = Precision.Fp32, int? maxThreads = null) => new(new JinaEmbeddingOptions
    {
        Model = JinaEmbeddingModel.FromDirectory(_folder.Path),
        Precision = precision,
        MaxThreads = maxThreads,
    });

    private static Task<T[]> DrainAsync<T>(IAsyncEnumerable<T> embeddings) => embeddings.ToArrayAsync(Token).AsTask();

    private async Task AssertRejectedAsync<T>(Func<Task<T>> embed)
    {
        var error = await Assert.ThrowsAsync<JinaModelException>(embed);

        Assert.Equal(_folder.Path, error.ModelPath);
        Assert.Contains("The vector of text 1 has infinite components", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Sets all values of a row of a weight.</summary>
    private void SetRow(string name, int row, float value)
    {
        var entry = Checkpoint.Open(_folder.Path).Tensors[name];
        var bytes = File.ReadAllBytes(entry.File);
        var columns = (int)entry.Shape[1];
        var size = (int)(entry.Length / entry.Shape[0] / columns);
        for (var i = 0; i < columns; i++)
        {
            var place = bytes.AsSpan((int)entry.Offset + (((row * columns) + i) * size));
            var bits = BitConverter.SingleToUInt32Bits(value);
            switch (entry.ElementType)
            {
                case TensorElementType.Float16:
                    BinaryPrimitives.WriteHalfLittleEndian(place, (Half)value);
                    break;
                case TensorElementType.BFloat16:
                    BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)(bits >> 16));
                    break;
                default:
                    BinaryPrimitives.WriteUInt32LittleEndian(place, bits);
                    break;
            }
        }

        File.WriteAllBytes(entry.File, bytes);
    }

    /// <summary>Replaces the first occurrence of some numbers in a file.</summary>
    private static void Replace(string path, float[] found, float[] changed)
    {
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf(MemoryMarshal.AsBytes(found.AsSpan()));
        MemoryMarshal.AsBytes(changed.AsSpan()).CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(path, bytes);
    }
}
