using CsCheck;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Int8Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Int8Weights;

public sealed class WeightReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Values_are_read_in_the_order_of_the_axes_from_any_type_and_order() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Enum<WeightType>(), Gen.Bool).Sample(
            (rows, columns, type, transposed) =>
            {
                var stored = new RandomWeight("w", [rows, columns], type, Seed: 1, Mean: 0, Deviation: 1);
                var values = stored.Values();
                var entry = Store(stored, rows, columns, transposed);
                var expected = transposed
                    ? [.. Enumerable.Range(0, values.Length).Select(i => values[(i % columns * rows) + (i / columns)])]
                    : values;

                using var reader = new WeightReader([entry]);

                Assert.Equal(expected, reader.Read(entry));
                for (var first = 0; first < rows; first += 7)
                {
                    var count = Math.Min(7, rows - first);
                    Assert.Equal(expected.AsSpan(first * columns, count * columns).ToArray(), reader.ReadRows(entry, first, count));
                }
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void A_vector_is_read_unchanged()
    {
        var stored = new RandomWeight("w", [30], WeightType.BF16, Seed: 1, Mean: 1, Deviation: 1);
        var entry = Store(stored, 30, 1, transposed: false) with { Shape = [30], Strides = [1] };

        using var reader = new WeightReader([entry]);

        Assert.Equal(stored.Values(), reader.Read(entry));
    }

    [Fact]
    public void Several_threads_can_read_at_once()
    {
        using var model = new TemporaryFolder();
        var options = new RandomCheckpointOptions { Format = WeightFormat.TorchZip, Type = WeightType.F16 };
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(model.Path, options, TestContext.Current.CancellationToken));
        var weights = RandomCheckpoint.Weights(options);
        using var reader = new WeightReader(checkpoint.Tensors.Values);

        Parallel.ForEach(
            Enumerable.Repeat(weights, 20).SelectMany(all => all),
            weight => Assert.Equal(weight.Values(), reader.Read(checkpoint.Tensors[weight.Name])));
    }

    /// <summary>Writes a weight to a file, after some other bytes. The rows of a transposed weight are the file's columns.</summary>
    private TensorEntry Store(RandomWeight weight, int rows, int columns, bool transposed)
    {
        const int Offset = 13;
        var path = _folder.File("weights");
        var bytes = weight.Chunks(TestContext.Current.CancellationToken).SelectMany(chunk => chunk.ToArray());
        File.WriteAllBytes(path, [.. new byte[Offset], .. bytes, 1, 2, 3]);
        var type = weight.Type switch
        {
            WeightType.F16 => TensorElementType.Float16,
            WeightType.BF16 => TensorElementType.BFloat16,
            _ => TensorElementType.Float32,
        };
        return new TensorEntry("w", path, Offset, weight.Length, type, [rows, columns], transposed ? [1, rows] : [columns, 1]);
    }
}
