using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Compares the graph in ONNX Runtime with the same arithmetic in double precision.</summary>
public sealed class EncoderAccuracyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<RandomCheckpointOptions> Forms =>
    [
        .. from format in Enum.GetValues<WeightFormat>()
           from type in Enum.GetValues<WeightType>()
           from gated in new[] { false, true }
           select new RandomCheckpointOptions { Format = format, Type = type, Gated = gated },
        new RandomCheckpointOptions { DenseSize = 24 },
        new RandomCheckpointOptions { RelativeAttentionBuckets = 8, HeadSize = 8 },
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_of_checkpoint_gives_the_reference_vectors(RandomCheckpointOptions form)
    {
        using var folder = new TemporaryFolder();
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(folder.Path, form, Token));
        var reference = new ReferenceEncoder(checkpoint);
        using var session = EncoderSession.Open(EncoderGraphFile.Ensure(checkpoint, folder.Path).Path);

        foreach (var ids in RandomIds.Make([1, 2, 9, 40, 150], form.VocabularySize))
        {
            Tolerance.Reference.AssertEqual(reference.Embed(ids), session.Run([new T5Encoding([.. ids], false)], Token)[0]);
        }
    }

    [Fact]
    public void Other_texts_in_a_batch_do_not_change_a_vector()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(folder.Path, cancellationToken: Token));
        using var session = EncoderSession.Open(EncoderGraphFile.Ensure(checkpoint, folder.Path).Path);
        T5Encoding[] texts = [.. RandomIds.Make([3, 100, 1, 17, 512], 512).Select(ids => new T5Encoding([.. ids], false))];

        var together = session.Run(texts, Token);

        for (var i = 0; i < texts.Length; i++)
        {
            Tolerance.SameModel.AssertEqual(session.Run([texts[i]], Token)[0], together[i]);
        }
    }

    [Fact]
    public void A_public_checkpoint_without_a_tokenizer_runs_on_token_ids_and_reports_the_missing_tokenizer()
    {
        var source = SharedData.RequirePath("tiny-random-t5");
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        var checkpoint = Checkpoint.Open(folder.Path);
        using var session = EncoderSession.Open(EncoderGraphFile.Ensure(checkpoint, folder.Path).Path);
        var ids = RandomIds.Make([30], 1302).Single();

        var vector = session.Run([new T5Encoding([.. ids], false)], Token)[0];
        Tolerance.Reference.AssertEqual(new ReferenceEncoder(checkpoint).Embed(ids), vector);
        var error = Assert.Throws<JinaModelException>(() => new ModelDirectory(folder.Path).OpenTokenizer(new JinaEmbeddingOptions()));
        Assert.Contains("spiece.model", error.Message, StringComparison.Ordinal);
    }
}
