using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Torch;
using Jina.Extensions.AI.Files;
using Jina.Fuzzing.Mutations;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Fuzzing.Targets;

/// <summary>Reads pytorch_model.bin, a zip archive with a pickle.</summary>
internal sealed class TorchTarget : FuzzTarget
{
    private const int Storages = 20;

    private readonly byte[][] _seeds;
    private readonly byte[][] _pickles;

    public TorchTarget()
    {
        var tiny = TinyModel.Options with { Format = WeightFormat.TorchZip };
        _seeds =
        [
            .. Enum.GetValues<WeightType>().Select(type => TinyModel.Write(Folder, "pytorch_model.bin", tiny with { Type = type })),
            System.IO.File.ReadAllBytes(TorchMadeFile),
        ];
        _pickles = [.. _seeds.Select(PickleTarget.PickleOf)];
        _seeds = [.. _seeds, Zip(_pickles[0], zip64: true)];
    }

    /// <summary>Gets the path of a file that torch itself wrote.</summary>
    public static string TorchMadeFile { get; } =
        RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Checkpoints", "Fixtures", "torch-t5", "pytorch_model.bin");

    public override string Name => "torch";

    public override byte[] Make(Random random) => random.Next(4) switch
    {
        0 => ByteMutator.Mutate(random, random.Pick(_seeds), random.Pick(_seeds)),
        1 => Zip(PickleMutator.Mutate(random, random.Pick(_pickles), random.Pick(_pickles)), random.Chance(0.2)),
        _ => ZipMutator.Mutate(random, random.Pick(_seeds)),
    };

    public override void Read(byte[] input)
    {
        System.IO.File.WriteAllBytes(File("pytorch_model.bin"), input);
        using var file = BoundedFile.Open(File("pytorch_model.bin"));
        SoundTensors.Check(TorchFile.Read(file).Tensors.Values, file.Length, maySharePlaces: true);
        var checkpoint = Checkpoint.Open(Folder);
        SoundTensors.Check(checkpoint);
        Extensions.AI.Graph.T5EncoderGraph.Build(checkpoint, out _);
    }

    private static byte[] Zip(byte[] pickle, bool zip64)
    {
        using var stream = new MemoryStream();
        using (var zip = new StoredZipWriter(stream) { Zip64 = zip64 })
        {
            zip.Add("archive/data.pkl", pickle);
            for (var key = 0; key < Storages; key++)
            {
                zip.Add($"archive/data/{key}", new byte[64]);
            }
        }

        return stream.ToArray();
    }
}
