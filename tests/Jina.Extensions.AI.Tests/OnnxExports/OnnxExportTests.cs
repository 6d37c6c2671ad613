using Google.Protobuf;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph.Onnx;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Extensions.AI.Tests.Graph;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.OnnxExports;

/// <summary>Folders that hold somebody else's ONNX export.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sentence_embedding", true, false, 9f)]
    [InlineData("embedding", true, true, 9f)]
    [InlineData("last_hidden_state", false, false, 5f)]
    [InlineData("token_embeddings", false, false, 5f)]
    public void The_known_contracts_run(string output, bool pooled, bool narrow, float expected)
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), output, pooled, narrow);
        using var session = EncoderSession.Open(ModelFolder.Open(_folder.Path, false).EnsureGraph(_folder.Path).Path);

        // The tokens 9 and 1: their mean is 5, their largest 9; the padded neighbour must not count.
        var vectors = session.Run([new T5Encoding([9, 1], false), new T5Encoding([3, 3, 3, 3], false)], Token);

        Assert.Equal(OnnxExportFixture.Dimensions, session.Dimensions);
        Assert.Equal([expected, 1f], vectors[0]);
    }

    [Theory]
    [InlineData("export T5EncoderModel alone", "input_ids", "attention_mask", "decoder_input_ids")]
    [InlineData("Without an attention mask", "input_ids")]
    [InlineData("takes ids and mask only", "input_ids", "attention_mask", "token_type_ids")]
    public void A_graph_that_does_not_fit_is_refused_with_what_was_found(string advice, params string[] inputs)
    {
        OnnxExportFixture.Write(_folder.File("onnx", "model.onnx"), "last_hidden_state", pooled: false, narrow: false, inputs);

        var error = Assert.Throws<JinaModelException>(() => EncoderSession.Open(ModelFolder.Open(_folder.Path, false).EnsureGraph(_folder.Path).Path));

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Contains("found inputs", error.Message, StringComparison.Ordinal);
        Assert.All(inputs, input => Assert.Contains(input, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_graph_without_a_known_output_is_refused_with_what_was_found()
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), "logits", pooled: false);

        var error = Assert.Throws<JinaModelException>(() => EncoderSession.Open(_folder.File("model.onnx")));

        Assert.Contains("outputs logits Single[batch, seq, dim]", error.Message, StringComparison.Ordinal);
        Assert.Contains("No output is a known float32 embedding.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_graph_is_refused_by_its_path()
    {
        File.WriteAllText(_folder.File("model.onnx"), "not a graph");

        var error = Assert.Throws<JinaModelException>(() => EncoderSession.Open(_folder.File("model.onnx")));

        Assert.StartsWith(_folder.File("model.onnx"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_does_not_give_what_it_declares_is_refused()
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), "embedding", pooled: true);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_folder.File("model.onnx")));
        model.Graph.Node[^1].Attribute.Single(attribute => attribute.Name == "axes").Ints[0] = 0;
        File.WriteAllBytes(_folder.File("model.onnx"), model.ToByteArray());
        using var session = EncoderSession.Open(_folder.File("model.onnx"));

        var error = Assert.Throws<JinaModelException>(() => session.Run([new T5Encoding([9, 8, 1], false)], Token));

        Assert.Contains("embedding has the shape [3, 2] for token IDs of the shape [1, 3]. Expected [1, 2].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_fails_in_its_run_is_named()
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), "embedding", pooled: true);
        using var session = EncoderSession.Open(_folder.File("model.onnx"));

        var error = Assert.Throws<JinaModelException>(() => session.Run([new T5Encoding([1_000_000], false)], Token));

        Assert.Equal(_folder.File("model.onnx"), error.ModelPath);
        Assert.Contains("ONNX Runtime cannot run this graph (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_folder_holds_both_the_checkpoint_wins_unless_asked_otherwise()
    {
        RandomCheckpoint.Write(_folder.Path, cancellationToken: Token);
        OnnxExportFixture.Write(_folder.File("model.onnx"), "sentence_embedding", pooled: true);

        OnnxExportFixture.Write(_folder.File("decoder_model.onnx"), "logits", pooled: false);
        OnnxExportFixture.Write(_folder.File("encoder_model.onnx"), "last_hidden_state", pooled: false);

        Assert.NotNull(ModelFolder.Open(_folder.Path, preferOnnxExport: false).Checkpoint);
        Assert.Equal(_folder.File("model.onnx"), ModelFolder.Open(_folder.Path, preferOnnxExport: true).ExportPath);
    }

    [Fact]
    public void An_export_is_not_quantized()
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), "sentence_embedding", pooled: true);

        var error = Assert.Throws<JinaModelException>(() => ModelFolder.Open(_folder.Path, false).EnsureGraph(_folder.Path, Precision.Int8));

        Assert.Equal(_folder.File("model.onnx"), error.ModelPath);
        Assert.Contains("Precision.Int8 needs the checkpoint's weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_exports_without_a_usual_name_are_refused_by_name()
    {
        OnnxExportFixture.Write(_folder.File("a.onnx"), "embedding", pooled: true);
        OnnxExportFixture.Write(_folder.File("b.onnx"), "embedding", pooled: true);

        var error = Assert.Throws<JinaModelException>(() => ModelFolder.Open(_folder.Path, false));

        Assert.Contains("a.onnx, b.onnx", error.Message, StringComparison.Ordinal);
    }
}
