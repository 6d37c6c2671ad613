using System.Numerics.Tensors;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Int8Weights;
using Jina.Extensions.AI.Loading;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Compares the int8 graph with the fp32 graph of the same checkpoint, and with itself in other micro-batches.</summary>
public sealed class Int8AccuracyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<RandomCheckpointOptions> Forms => [.. EncoderAccuracyTests.Forms.Select(row => row.Data)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void Vectors_have_the_direction_of_single_precision_vectors(RandomCheckpointOptions form)
    {
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, form, Token));

        // Measured: 0.9998 at worst, over all forms. Random weights do not have outliers.
        T5Encoding[] texts = [.. RandomIds.Make([1, 2, 9, 40, 150], form.VocabularySize).Select(ids => new T5Encoding([.. ids], false))];
        AssertLike(checkpoint, texts, worst: 0.9995, mean: 0.9995);
    }

    [Fact]
    public void Vectors_of_a_trained_model_have_the_direction_of_single_precision_vectors()
    {
        // Measured: 0.9999 at worst. Without scales of columns it was 0.976.
        AssertLike(Demo(), Texts(50), worst: 0.9995, mean: 0.9998);
    }

    [Fact]
    public void Other_texts_in_a_batch_hardly_change_a_vector()
    {
        using var session = OpenInt8(Demo());
        var texts = Texts(200);
        var random = new Random(5);
        random.Shuffle(texts);

        var differences = texts.Chunk(10).SelectMany(batch => batch.Zip(session.Run(batch, Token), (text, together) =>
            Difference(session.Run([text], Token)[0], together))).Order().ToArray();

        // A value between two integers may be rounded either way, because float sums differ in their last digit.
        Assert.InRange(differences[(int)(0.99 * differences.Length)], 0, 1e-5);
        Assert.InRange(differences[^1], 0, 1e-3);
    }

    [Theory]
    [InlineData("shared.weight")]
    [InlineData("encoder.block.0.layer.1.DenseReluDense.wi.weight")]
    [InlineData("encoder.block.1.layer.0.SelfAttention.v.weight")]
    [InlineData("encoder.final_layer_norm.weight")]
    public void Weights_of_zeros_give_finite_numbers(string name)
    {
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(_folder.Path, cancellationToken: Token));
        var entry = checkpoint.Tensors[name];
        var bytes = File.ReadAllBytes(entry.File);
        bytes.AsSpan((int)entry.Offset, (int)entry.Length).Clear();
        File.WriteAllBytes(entry.File, bytes);
        T5Encoding[] text = [new T5Encoding([5, 6, 7, 1], false)];
        using var exact = EncoderSession.Open(EncoderGraphFile.Ensure(checkpoint, _folder.Path).Path);
        using var int8 = OpenInt8(checkpoint);

        var expected = exact.Run(text, Token)[0];
        var actual = int8.Run(text, Token)[0];

        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - 0.1, pair.First + 0.1));
    }

    /// <summary>Returns the demo model, whose generated files go to the test's folder.</summary>
    private Checkpoint Demo() => Checkpoint.Open(DemoModel.Folder) with { Folder = _folder.Path };

    private EncoderSession OpenInt8(Checkpoint checkpoint) =>
        EncoderSession.Open(EncoderGraphFile.Ensure(Int8Checkpoint.Ensure(checkpoint, _folder.Path, null), _folder.Path).Path);

    private void AssertLike(Checkpoint checkpoint, T5Encoding[] texts, double worst, double mean)
    {
        var exactCheckpoint = Checkpoint.Open(Path.GetDirectoryName(checkpoint.Embedding.File)!);
        using var exact = EncoderSession.Open(EncoderGraphFile.Ensure(exactCheckpoint, _folder.Path).Path);
        using var int8 = OpenInt8(checkpoint);

        var cosines = texts
            .Select(text => TensorPrimitives.CosineSimilarity<float>(exact.Run([text], Token)[0], int8.Run([text], Token)[0])).ToArray();

        Assert.InRange(cosines.Min(), worst, 1.00001);
        Assert.InRange(cosines.Average(), mean, 1.00001);
    }

    /// <summary>Returns texts of 1 to 40 words.</summary>
    private static T5Encoding[] Texts(int count)
    {
        var words = string.Join(' ', DemoModel.Texts).Split(' ');
        var tokenizer = new ModelDirectory(DemoModel.Folder).OpenTokenizer(new JinaEmbeddingOptions());
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i => tokenizer.Encode(string.Join(' ', random.GetItems(words, 1 + (i % 40))), 512))];
    }

    /// <summary>Returns the largest difference, relative to the largest component.</summary>
    private static float Difference(float[] expected, float[] actual) =>
        expected.Zip(actual, (x, y) => Math.Abs(x - y)).Max() / expected.Max(Math.Abs);
}
