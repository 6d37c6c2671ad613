using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Int8Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Int8Weights;

/// <summary>Tests that a fingerprint depends on every byte of the weights, and on nothing else.</summary>
public sealed class WeightFingerprintTests : IDisposable
{
    /// <summary>The table has more bytes than a thread reads at once: 5,120,000.</summary>
    private static readonly RandomCheckpointOptions Options = new() { VocabularySize = 40_000, DenseSize = 16 };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_byte_at_any_place_of_any_weight_changes_the_fingerprint()
    {
        RandomCheckpoint.Write(_folder.Path, Options, Token);
        var checkpoint = Checkpoint.Open(_folder.Path);
        var expected = WeightFingerprint.Compute(checkpoint);
        foreach (var entry in checkpoint.AllWeights)
        {
            var middle = new Random(entry.Name.Length).NextInt64(entry.Length);
            foreach (var place in new[] { 0, middle, 1 << 20, (1 << 20) - 1, entry.Length - 1 }.Where(place => place < entry.Length))
            {
                var before = ReadByte(entry.File, entry.Offset + place);
                TestFiles.ChangeInPlace(entry.File, entry.Offset + place, [(byte)(before ^ 1)]);
                Assert.NotEqual(expected, WeightFingerprint.Compute(checkpoint));
                TestFiles.ChangeInPlace(entry.File, entry.Offset + place, [before]);
            }
        }

        Assert.Equal(expected, WeightFingerprint.Compute(checkpoint));
    }

    [Fact]
    public void Exchanged_weights_of_the_same_shape_have_another_fingerprint()
    {
        RandomCheckpoint.Write(_folder.Path, cancellationToken: Token);
        var checkpoint = Checkpoint.Open(_folder.Path);
        var (q, k) = (checkpoint.Tensors[T5WeightNames.Query(0)], checkpoint.Tensors[T5WeightNames.Key(0)]);
        var exchanged = new Dictionary<string, TensorEntry>(checkpoint.Tensors)
        {
            [q.Name] = k with { Name = q.Name },
            [k.Name] = q with { Name = k.Name },
        };

        Assert.NotEqual(WeightFingerprint.Compute(checkpoint), WeightFingerprint.Compute(checkpoint with { Tensors = exchanged }));
    }

    [Fact]
    public void The_place_and_the_time_of_the_files_do_not_matter()
    {
        using var other = new TemporaryFolder();
        RandomCheckpoint.Write(_folder.Path, Options, Token);
        RandomCheckpoint.Write(other.Path, Options, Token);
        File.SetLastWriteTimeUtc(other.File("model.safetensors"), DateTime.UnixEpoch);

        Assert.Equal(
            WeightFingerprint.Compute(Checkpoint.Open(_folder.Path)), WeightFingerprint.Compute(Checkpoint.Open(other.Path)));
    }

    [Fact]
    public void A_file_that_became_shorter_is_rejected_by_name()
    {
        RandomCheckpoint.Write(_folder.Path, Options, Token);
        var checkpoint = Checkpoint.Open(_folder.Path);
        using (var file = File.OpenWrite(checkpoint.Embedding.File))
        {
            file.SetLength(file.Length - 1);
        }

        var error = Assert.Throws<JinaModelException>(() => WeightFingerprint.Compute(checkpoint));

        Assert.Equal(checkpoint.Embedding.File, error.ModelPath);
    }

    private static byte ReadByte(string path, long offset)
    {
        using var file = File.OpenHandle(path);
        var bytes = new byte[1];
        RandomAccess.Read(file, bytes, offset);
        return bytes[0];
    }
}
