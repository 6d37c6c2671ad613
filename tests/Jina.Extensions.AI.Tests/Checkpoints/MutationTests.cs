using CsCheck;
using Jina.Extensions.AI.Checkpoints;
using Jina.Fuzzing.Targets;
using Jina.RandomCheckpoints;

namespace Jina.Extensions.AI.Tests.Checkpoints;

/// <summary>For any damage to a file's bytes, the folder opens or is rejected with a <see cref="JinaModelException"/>.</summary>
public sealed class MutationTests
{
    private const int Samples = 300;

    private static readonly byte[] Edges = [0, 0x7F, 0x80, 0xFF, .. "\"9-{[\\"u8];

    [Theory]
    [InlineData(WeightFormat.Safetensors, "model.safetensors")]
    [InlineData(WeightFormat.TorchZip, "pytorch_model.bin")]
    [InlineData(WeightFormat.Safetensors, "config.json")]
    [InlineData(WeightFormat.Safetensors, "modules.json")]
    [InlineData(WeightFormat.Safetensors, "1_Pooling/config.json")]
    [InlineData(WeightFormat.Safetensors, "2_Dense/config.json")]
    [InlineData(WeightFormat.Safetensors, "sentence_bert_config.json")]
    public void A_damaged_file_is_read_or_rejected(WeightFormat format, string file)
    {
        using var model = new TrialModel(TinyModel.Options with { Format = format });
        var sound = File.ReadAllBytes(model.File(file));
        var rejected = 0;

        Mutations(sound).Sample(
            damaged =>
            {
                model.Put(file, damaged);
                try
                {
                    AssertInsideFiles(model.Open());
                }
                catch (JinaModelException)
                {
                    rejected++;
                }
            },
            iter: Samples,
            threads: 1);

        // The test is meaningful only if both outcomes occur.
        Assert.InRange(rejected, 1, Samples - 1);
    }

    /// <summary>Returns mutations that replace a few bytes and sometimes truncate the file.</summary>
    private static Gen<byte[]> Mutations(byte[] sound) =>
        from edits in Gen.Select(Gen.Int[0, sound.Length - 1], Interesting).List[0, 4]
        from length in Gen.Frequency((4, Gen.Const(sound.Length)), (1, Gen.Int[0, sound.Length]))
        select Apply(sound, edits, length);

    private static Gen<byte> Interesting => Gen.OneOf(Gen.Byte, Gen.Int[0, Edges.Length - 1].Select(i => Edges[i]));

    private static byte[] Apply(byte[] sound, List<(int At, byte Value)> edits, int length)
    {
        var bytes = sound.ToArray();
        edits.ForEach(edit => bytes[edit.At] = edit.Value);
        return bytes[..length];
    }

    private static void AssertInsideFiles(Checkpoint checkpoint) => Assert.All(
        checkpoint.Tensors.Values,
        tensor => Assert.InRange(tensor.Offset, 0, new FileInfo(tensor.File).Length - tensor.Length));
}
