using System.Buffers.Binary;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Int8Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Sessions over weights that are mapped once.</summary>
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
    public void Sessions_that_share_weights_give_what_a_session_of_its_own_gives(RandomCheckpointOptions form) =>
        AssertShared(Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, form, Token)));

    [Theory]
    [MemberData(nameof(Forms))]
    public void So_do_those_over_int8_weights(RandomCheckpointOptions form) =>
        AssertShared(Int8Checkpoint.Ensure(Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, form, Token)), _folder.Path, null));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Weights_may_lie_at_any_address(int shift)
    {
        // The format does not ask that the header's length be a multiple of anything.
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

        Assert.Null(SharedWeights.Map(EncoderGraphFile.Ensure(checkpoint, _folder.Path)));
    }

    private static void AssertShared(Checkpoint checkpoint)
    {
        var graph = EncoderGraphFile.Ensure(checkpoint, checkpoint.Folder);
        T5Encoding[] texts = [.. RandomIds.Make([1, 3, 40, 150], 512).Select(ids => new T5Encoding([.. ids], false))];
        using var weights = SharedWeights.Map(graph)!;
        using var own = EncoderSession.Open(graph.Path);
        using var narrow = EncoderSession.Open(graph.Path, new SessionSettings { Weights = weights });
        var before = narrow.Run(texts, Token);
        using var wide = EncoderSession.Open(graph.Path, new SessionSettings { Weights = weights, Threads = 3 });

        var expected = own.Run(texts, Token);
        foreach (var vectors in new[] { before, narrow.Run(texts, Token), wide.Run(texts, Token) })
        {
            Assert.All(expected.Zip(vectors), pair => Tolerance.SameModel.AssertEqual(pair.First, pair.Second));
        }
    }
}
