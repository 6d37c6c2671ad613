using System.Buffers.Binary;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Int8Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Tests sessions that share weights.</summary>
public sealed class SharedWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<RandomCheckpointOptions> Forms =>
    [
        new RandomCheckpointOptions(),
        new RandomCheckpointOptions { Gated = true, DenseSize = 24 },
        new RandomCheckpointOptions { Format = WeightFormat.TorchZip },
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void Sessions_that_share_weights_give_the_same_vectors_as_a_session_with_its_own(RandomCheckpointOptions form) =>
        AssertShared(Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, form, Token)));

    [Theory]
    [MemberData(nameof(Forms))]
    public void Sessions_that_share_int8_weights_give_the_same_vectors_as_a_session_with_its_own(RandomCheckpointOptions form) =>
        AssertShared(Int8Checkpoint.Ensure(Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, form, Token)), _folder.Path, null));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Weights_can_be_at_any_address(int shift)
    {
        // The format does not require the header's length to be a multiple of any number.
        var path = Path.Combine(RandomCheckpoint.Write(_folder.Path, cancellationToken: Token), "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header + shift);
        File.WriteAllBytes(path, [.. bytes[..(8 + header)], .. Enumerable.Repeat((byte)' ', shift), .. bytes[(8 + header)..]]);

        AssertShared(Checkpoint.Open(_folder.Path));
    }

    [Theory]
    [InlineData(WeightType.F16)]
    [InlineData(WeightType.BF16)]
    public void Half_precision_weights_are_not_shared(WeightType type)
    {
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, new RandomCheckpointOptions { Type = type }, Token));

        using var weights = SharedWeights.Map(EncoderGraphFile.Ensure(checkpoint, _folder.Path))!;

        Assert.False(weights.AreShared);
    }

    private static void AssertShared(Checkpoint checkpoint)
    {
        var graph = EncoderGraphFile.Ensure(checkpoint, checkpoint.Folder);
        T5Encoding[] texts = [.. RandomIds.Make([1, 3, 40, 150], 512).Select(ids => new T5Encoding([.. ids], false))];
        using var weights = SharedWeights.Map(graph)!;
        using var own = EncoderSession.Open(graph.Path);
        using var singleThreaded = EncoderSession.Open(graph.Path, new SessionSettings { Weights = weights });
        var before = singleThreaded.Run(texts, Token);
        using var multiThreaded = EncoderSession.Open(graph.Path, new SessionSettings { Weights = weights, Threads = 3 });

        var expected = own.Run(texts, Token);
        foreach (var vectors in new[] { before, singleThreaded.Run(texts, Token), multiThreaded.Run(texts, Token) })
        {
            Assert.All(expected.Zip(vectors), pair => Tolerance.SameModel.AssertEqual(pair.First, pair.Second));
        }
    }
}
