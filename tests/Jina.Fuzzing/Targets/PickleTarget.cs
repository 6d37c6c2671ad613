using System.IO.Compression;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints.Torch;
using Jina.Fuzzing.Mutations;
using Jina.Fuzzing.Runs;
using Jina.RandomCheckpoints;

namespace Jina.Fuzzing.Targets;

/// <summary>Reads the pickle of a state dict.</summary>
internal sealed class PickleTarget : FuzzTarget
{
    private readonly byte[][] _seeds;

    public PickleTarget() => _seeds =
    [
        PickleOf(TinyModel.Write(Folder, "pytorch_model.bin", TinyModel.Options with { Format = WeightFormat.TorchZip })),
        PickleOf(System.IO.File.ReadAllBytes(TorchTarget.TorchMadeFile)),
        new PickleWriter().Op("}").Text("w").Tensor("0", "FloatStorage", 4, 0, [2, 2], [2, 1]).Op("s").ToArray(),
    ];

    public override string Name => "pickle";

    public static byte[] PickleOf(byte[] torchFile)
    {
        using var zip = new ZipArchive(new MemoryStream(torchFile));
        using var entry = zip.Entries.Single(entry => entry.Name == "data.pkl").Open();
        using var pickle = new MemoryStream();
        entry.CopyTo(pickle);
        return pickle.ToArray();
    }

    public override byte[] Make(Random random) => PickleMutator.Mutate(random, random.Pick(_seeds), random.Pick(_seeds));

    public override void Read(byte[] input)
    {
        try
        {
            Check(PickleReader.Read(input));
        }
        catch (FormatException e)
        {
            throw new JinaModelException("data.pkl", e.Message, e);
        }
    }

    /// <summary>Checks that all created objects are of the few kinds that a state dict has.</summary>
    private static void Check(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([root]);
        while (open.TryPop(out var value))
        {
            if (value is null or bool or long or string or PickleGlobal or TorchStorage || !seen.Add(value))
            {
                continue;
            }

            var inner = value switch
            {
                object?[] tuple => tuple,
                List<object?> list => list,
                Dictionary<string, object?> dictionary => dictionary.Values,
                TorchTensor tensor => (IEnumerable<object?>)[tensor.Storage],
                _ => throw new WrongStructureException($"a {value.GetType()} was created"),
            };
            foreach (var item in inner)
            {
                open.Push(item);
            }
        }
    }
}
