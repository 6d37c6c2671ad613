using Google.Protobuf;
using Jina.Extensions.AI.Graph.Onnx;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.OnnxExports;

/// <summary>Tests model directories with an ONNX export.</summary>
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
        using var session = EncoderSession.Open(new ModelDirectory(_folder.Path).EnsureGraph(_folder.Path).Path);

        // The mean of the tokens 9 and 1 is 5, and their largest is 9. The padded neighbor must not count.
        var vectors = session.Run([new T5Encoding([9, 1], false), new T5Encoding([3, 3, 3, 3], false)], Token);

        Assert.Equal(OnnxExportFixture.Dimensions, session.Dimensions);
        Assert.Equal([expected, 1f], vectors[0]);
    }

    [Theory]
    [InlineData("export T5EncoderModel alone", "input_ids", "attention_mask", "decoder_input_ids")]
    [InlineData("Without an attention mask", "input_ids")]
    [InlineData("takes IDs and mask only", "input_ids", "attention_mask", "token_type_ids")]
    public void A_graph_with_other_inputs_is_rejected_with_a_list_of_them(string advice, params string[] inputs)
    {
        OnnxExportFixture.Write(_folder.File("onnx", "model.onnx"), "last_hidden_state", pooled: false, narrow: false, inputs);

        var error = Assert.Throws<JinaModelException>(
            () => EncoderSession.Open(new ModelDirectory(_folder.Path).EnsureGraph(_folder.Path).Path));

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Contains("Found inputs", error.Message, StringComparison.Ordinal);
        Assert.All(inputs, input => Assert.Contains(input, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_graph_without_a_known_output_is_rejected_with_a_list_of_outputs()
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), "logits", pooled: false);

        var error = Assert.Throws<JinaModelException>(() => EncoderSession.Open(_folder.File("model.onnx")));

        Assert.Contains("outputs logits Single[batch, seq, dim]", error.Message, StringComparison.Ordinal);
        Assert.Contains("No output is a known float32 embedding.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_graph_is_rejected_with_its_path()
    {
        File.WriteAllText(_folder.File("model.onnx"), "not a graph");

        var error = Assert.Throws<JinaModelException>(() => EncoderSession.Open(_folder.File("model.onnx")));

        Assert.StartsWith(_folder.File("model.onnx"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_whose_output_differs_from_its_declaration_is_rejected()
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), "embedding", pooled: true);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_folder.File("model.onnx")));
        model.Graph.Node[^1].Attribute.Single(attribute => attribute.Name == "axes").Ints[0] = 0;
        File.WriteAllBytes(_folder.File("model.onnx"), model.ToByteArray());
        using var session = EncoderSession.Open(_folder.File("model.onnx"));

        var error = Assert.Throws<JinaModelException>(() => session.Run([new T5Encoding([9, 8, 1], false)], Token));

        Assert.Contains(
            "embedding has the shape [3, 2] for token IDs of the shape [1, 3]. Expected [1, 2].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_fails_at_inference_is_named()
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), "embedding", pooled: true);
        using var session = EncoderSession.Open(_folder.File("model.onnx"));

        var error = Assert.Throws<JinaModelException>(() => session.Run([new T5Encoding([1_000_000], false)], Token));

        Assert.Equal(_folder.File("model.onnx"), error.ModelPath);
        Assert.Contains("ONNX Runtime cannot run this graph (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void If_a_directory_has_both_the_checkpoint_runs_unless_the_export_is_preferred()
    {
        RandomCheckpoint.Write(_folder.Path, cancellationToken: Token);
        OnnxExportFixture.Write(_folder.File("model.onnx"), "sentence_embedding", pooled: true);

        OnnxExportFixture.Write(_folder.File("decoder_model.onnx"), "logits", pooled: false);
        OnnxExportFixture.Write(_folder.File("encoder_model.onnx"), "last_hidden_state", pooled: false);

        Assert.NotNull(new ModelDirectory(_folder.Path).Checkpoint);
        Assert.Equal(_folder.File("model.onnx"), new ModelDirectory(_folder.Path, preferOnnxExport: true).ExportPath);
    }

    [Fact]
    public void An_export_is_not_quantized()
    {
        OnnxExportFixture.Write(_folder.File("model.onnx"), "sentence_embedding", pooled: true);

        var error = Assert.Throws<JinaModelException>(() => new ModelDirectory(_folder.Path).EnsureGraph(_folder.Path, Precision.Int8));

        Assert.Equal(_folder.File("model.onnx"), error.ModelPath);
        Assert.Contains("Precision.Int8 needs the checkpoint's weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_exports_without_a_usual_name_are_rejected_by_name()
    {
        OnnxExportFixture.Write(_folder.File("a.onnx"), "embedding", pooled: true);
        OnnxExportFixture.Write(_folder.File("b.onnx"), "embedding", pooled: true);

        var error = Assert.Throws<JinaModelException>(() => new ModelDirectory(_folder.Path).ExportPath);

        Assert.Contains("a.onnx, b.onnx", error.Message, StringComparison.Ordinal);
    }
}
