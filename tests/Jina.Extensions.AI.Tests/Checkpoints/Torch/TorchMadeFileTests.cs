using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Checkpoints.Weights;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Checkpoints.Torch;

/// <summary>Tests files that torch itself wrote, with tools/checkpoint-fixtures/build.py.</summary>
public sealed class TorchMadeFileTests
{
    private static readonly string Fixtures = RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Checkpoints", "Fixtures");

    [Fact]
    public void Every_layout_that_torch_saves_is_read_correctly()
    {
        var checkpoint = Checkpoint.Open(Path.Combine(Fixtures, "torch-t5"));

        var encoder = checkpoint.Tensors.Values
            .Where(tensor => !tensor.Name.StartsWith("decoder.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(12, encoder.Length);
        Assert.All(encoder, tensor =>
        {
            var count = (int)tensor.Shape.Aggregate((a, b) => a * b);
            Assert.Equal(Enumerable.Range(0, count).Select(i => i % 101f), WeightReader.Read(tensor));
        });
        Assert.Equal(TensorElementType.Float16, checkpoint.Tensors[T5WeightNames.AttentionOutput(0)].ElementType);
        Assert.Equal(TensorElementType.BFloat16, checkpoint.Tensors[T5WeightNames.FeedForwardInput(0)].ElementType);
    }

    [Fact]
    public void A_transposed_view_keeps_its_strides_and_a_shared_storage_its_offset()
    {
        var tensors = Checkpoint.Open(Path.Combine(Fixtures, "torch-t5")).Tensors;

        Assert.Equal([1, 6], tensors[T5WeightNames.Query(0)].Strides);
        Assert.Equal(tensors[T5WeightNames.Key(0)].Offset + (6 * 4 * sizeof(float)), tensors[T5WeightNames.Value(0)].Offset);
        Assert.Equal(tensors[T5WeightNames.Embedding].Offset, tensors[T5WeightNames.TiedEmbedding].Offset);
    }

    [Theory]
    [InlineData("position_ids", "position_ids is stored as a LongStorage; FloatStorage, HalfStorage or BFloat16Storage is expected")]
    [InlineData("decoder.gaps", "decoder.gaps is a view with gaps or overlaps (shape [4, 3], strides [6, 2])")]
    public void An_unusable_tensor_is_an_error_only_if_it_is_needed(string name, string message)
    {
        var directory = WeightFiles.Open(Path.Combine(Fixtures, "torch-t5"));

        var error = Assert.Throws<JinaModelException>(() => directory.Require(name));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal([3], directory.Require("decoder.parameter").Shape);
    }

    [Fact]
    public void The_legacy_format_is_rejected_with_the_next_step()
    {
        using var model = new TrialModel();
        File.Delete(model.File("model.safetensors"));
        File.Copy(Path.Combine(Fixtures, "legacy.bin"), model.File("pytorch_model.bin"));

        model.AssertRejected("pytorch_model.bin", "legacy, non-zip format", "save it again with torch.save, or as model.safetensors");
    }
}
