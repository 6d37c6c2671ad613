using System.Numerics.Tensors;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Int8Weights;
using Jina.Extensions.AI.Tokenization;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Compares the graph that returns a vector per token with the graph for texts, and with double precision.</summary>
public sealed class TokenGraphTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<RandomCheckpointOptions> Forms => [.. EncoderAccuracyTests.Forms.Select(row => row.Data)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_mean_of_the_tokens_is_the_reference_vector_of_the_text(RandomCheckpointOptions form)
    {
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, form, Token));
        var reference = new ReferenceEncoder(checkpoint);
        using var session = Open(checkpoint, EncoderOutput.Tokens);

        foreach (var ids in RandomIds.Make([1, 9, 40], form.VocabularySize))
        {
            Tolerance.Reference.AssertEqual(reference.Embed(ids), session.Run([new T5Encoding([.. ids], false)], Token)[0]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Spans_of_a_text_add_up_to_its_vector_in_either_precision(bool isQuantized)
    {
        var form = new RandomCheckpointOptions { DenseSize = 24 };
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, form, Token));
        checkpoint = isQuantized ? Int8Checkpoint.Ensure(checkpoint, _folder.Path, null) : checkpoint;
        using var texts = Open(checkpoint, EncoderOutput.Texts);
        using var tokens = Open(checkpoint, EncoderOutput.Tokens);
        var ids = RandomIds.Make([40], form.VocabularySize).Single();
        ChunkSpan[] spans = [new(0, 0, 1), new(1, 1, 30), new(2, 30, 40)];

        var parts = tokens.Run([new T5Encoding([.. ids], false, spans)], Token)[0].Chunk(24).ToArray();
        var whole = texts.Run([new T5Encoding([.. ids], false)], Token)[0];

        var sum = new float[24];
        Assert.All(parts, part => TensorPrimitives.Add(sum, part, sum));
        TensorPrimitives.Divide(sum, ids.Length, sum);
        new Tolerance(1e-5).AssertEqual(Array.ConvertAll(whole, static x => (double)x), sum);
    }

    [Fact]
    public void Both_graphs_refer_to_the_same_weights_and_have_their_own_files()
    {
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, new RandomCheckpointOptions { DenseSize = 24 }, Token));

        var texts = EncoderGraphFile.Ensure(checkpoint, _folder.Path);
        var tokens = EncoderGraphFile.Ensure(checkpoint, _folder.Path, EncoderOutput.Tokens);

        Assert.Equal(_folder.File("jina-encoder-fp32-tokens.onnx"), tokens.Path);
        Assert.NotEqual(texts.Path, tokens.Path);
        Assert.Equal(texts.Weights.Select(weight => weight.Entry.Name).Order(), tokens.Weights.Select(weight => weight.Entry.Name).Order());
    }

    [Fact]
    public void Sessions_of_both_graphs_share_their_weights()
    {
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, cancellationToken: Token));
        using var runner = InferenceRunner.Open(
            EncoderGraphFile.Ensure(checkpoint, _folder.Path), new JinaEmbeddingOptions { MaxThreads = 2 }, denseFollows: false);
        T5Encoding[] text = [new T5Encoding([.. RandomIds.Make([20], 512).Single()], false)];
        var expected = runner.Run(text, new OtherWork(1, 0), Token)[0];

        // A session that read the embedding table from the file would have other vectors.
        var embedding = checkpoint.Embedding;
        TestFiles.ChangeInPlace(embedding.File, embedding.Offset, new byte[embedding.Length]);
        using (var tokens = runner.OpenOther(
            EncoderGraphFile.Ensure(checkpoint, _folder.Path, EncoderOutput.Tokens), new JinaEmbeddingOptions { MaxThreads = 2 }))
        {
            for (var i = 0; i < 8; i++)
            {
                Tolerance.Reference.AssertEqual(expected, tokens.Run(text, new OtherWork(0, 0), Token)[0]);
            }
        }

        // The weights belong to the first runner.
        Assert.Equal(expected, runner.Run(text, new OtherWork(1, 0), Token)[0]);
    }

    private EncoderSession Open(Checkpoint checkpoint, EncoderOutput output) =>
        EncoderSession.Open(EncoderGraphFile.Ensure(checkpoint, _folder.Path, output).Path);
}
