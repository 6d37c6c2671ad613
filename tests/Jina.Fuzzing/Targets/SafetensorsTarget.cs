using System.Buffers.Binary;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Safetensors;
using Jina.Extensions.AI.Files;
using Jina.Fuzzing.Mutations;
using Jina.Fuzzing.Runs;
using Jina.RandomCheckpoints;

namespace Jina.Fuzzing.Targets;

/// <summary>Reads model.safetensors of a tiny model, in three types.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    private readonly byte[][] _seeds;

    public SafetensorsTarget() =>
        _seeds =
        [
            .. Enum.GetValues<WeightType>()
                .Select(type => TinyModel.Write(Folder, "model.safetensors", TinyModel.Options with { Type = type })),
        ];

    public override string Name => "safetensors";

    public override byte[] Make(Random random)
    {
        var seed = random.Pick(_seeds);
        if (random.Chance(0.4))
        {
            return ByteMutator.Mutate(random, seed, random.Pick(_seeds));
        }

        var end = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(seed);
        var header = JsonMutator.Mutate(random, seed[8..end]);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. seed[end..]];
    }

    public override void Read(byte[] input)
    {
        System.IO.File.WriteAllBytes(File("model.safetensors"), input);
        using var file = BoundedFile.Open(File("model.safetensors"));
        var tensors = SafetensorsFile.Read(file).Tensors.Values.ToArray();
        SoundTensors.Check(tensors, file.Length, maySharePlaces: false);

        // The format allows neither gaps nor data after the last tensor. Tensors of unusable types count, but are not listed.
        var header = 8 + BinaryPrimitives.ReadInt64LittleEndian(input);
        var sum = header + tensors.Sum(tensor => tensor.Length);
        WrongStructureException.ThrowUnless(
            sum == file.Length || SafetensorsFile.Read(file).Names.Count() > tensors.Length,
            $"the tensors end at byte {sum} of {file.Length}");
        var checkpoint = Checkpoint.Open(Folder);
        SoundTensors.Check(checkpoint);
        Extensions.AI.Graph.T5EncoderGraph.Build(checkpoint, out _);
    }
}
