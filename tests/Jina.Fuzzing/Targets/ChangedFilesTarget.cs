using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Safetensors;
using Jina.Extensions.AI.Checkpoints.Torch;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Int8Weights;
using Jina.Extensions.AI.Loading;
using Jina.Fuzzing.Mutations;
using Jina.Fuzzing.Runs;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Fuzzing.Targets;

/// <summary>
/// Changes weights while they are in use: between opening and reading them, and between two runs. An input has the number of the reader,
/// the number of the change, and the bytes that the change writes.
/// </summary>
internal sealed class ChangedFilesTarget : FuzzTarget
{
    private const int Changes = 8;

    private static readonly T5Encoding[] Texts = [new([3, 2, 1], truncated: false), new([1], truncated: false)];

    private readonly TemporaryFolder _torch = new();
    private readonly byte[] _safetensors;
    private readonly byte[] _bin;
    private readonly Action<Action>[] _readers;

    public ChangedFilesTarget()
    {
        _safetensors = TinyModel.Write(Folder, "model.safetensors");
        _bin = TinyModel.Write(_torch.Path, "pytorch_model.bin", TinyModel.Options with { Format = WeightFormat.TorchZip });
        _readers = [ReadSafetensors, ReadTorch, ReadWeights, ReadDirectory, Run];
    }

    public override string Name => "changed";

    private string Safetensors => File("model.safetensors");

    private string Torch => _torch.File("pytorch_model.bin");

    public override byte[] Make(Random random)
    {
        var input = new byte[random.Next(2, 200)];
        random.NextBytes(input);
        return input;
    }

    public override void Read(byte[] input)
    {
        Restore(Safetensors, _safetensors);
        Restore(Torch, _bin);
        var reader = input[0] % _readers.Length;
        _readers[reader](() => Change(reader == 1 ? Torch : Safetensors, input[1] % Changes, input[2..]));
    }

    protected override void Dispose(bool disposing)
    {
        _torch.Dispose();
        base.Dispose(disposing);
    }

    private static void Restore(string path, byte[] content)
    {
        SpecialFile.Remove(path);
        System.IO.File.WriteAllBytes(path, content);
    }

    private static void Change(string path, int kind, byte[] bytes)
    {
        var random = new Random(bytes.Length > 0 ? bytes[0] : 0);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var at = random.NextInt64(file.Length);
        switch (kind)
        {
            case 0: file.SetLength(0); break;
            case 1: file.SetLength(at); break;
            case 2: file.SetLength(file.Length + (1L << random.Next(40))); break;
            case 3: Write(file, at, bytes); break;
            case 4: Write(file, 0, new byte[file.Length]); break;
            case 5: System.IO.File.Delete(path); break;
            case 6: Replace(path, ByteMutator.Mutate(random, System.IO.File.ReadAllBytes(path), bytes)); break;
            default: SpecialFile.Put(path, "zeros"); break;
        }
    }

    private static void Write(FileStream file, long at, byte[] bytes)
    {
        file.Position = at;
        file.Write(bytes);
    }

    private static void Replace(string path, byte[] content)
    {
        System.IO.File.WriteAllBytes(path + ".new", content);
        System.IO.File.Move(path + ".new", path, overwrite: true);
    }

    private void ReadSafetensors(Action change)
    {
        using var file = BoundedFile.Open(Safetensors);
        change();
        SoundTensors.Check(SafetensorsFile.Read(file).Tensors.Values, file.Length, maySharePlaces: false);
    }

    private void ReadTorch(Action change)
    {
        using var file = BoundedFile.Open(Torch);
        change();
        SoundTensors.Check(TorchFile.Read(file).Tensors.Values, file.Length, maySharePlaces: true);
    }

    private void ReadWeights(Action change)
    {
        var weights = Checkpoint.Open(Folder).AllWeights.ToArray();
        using var reader = new WeightReader(weights);
        reader.Read(weights[0]);
        change();
        foreach (var weight in weights)
        {
            WrongStructureException.ThrowUnless(
                reader.Read(weight).Length == weight.Length / 4, $"{weight.Name} has another number of elements");
        }
    }

    private void ReadDirectory(Action change)
    {
        var directory = new ModelDirectory(Folder);
        _ = directory.Checkpoint;
        change();
        directory.EnsureGraph(_torch.Path, Precision.Int8);
        directory.GetIdentity(JinaEmbeddingModel.FromDirectory(Folder));
    }

    private void Run(Action change)
    {
        var options = new JinaEmbeddingOptions { MaxThreads = 2 };
        using var runner = InferenceRunner.Open(new ModelDirectory(Folder).EnsureGraph(_torch.Path), options, denseFollows: false);
        var before = runner.Run(Texts, default, CancellationToken.None);
        change();
        for (var i = 0; i < 4; i++)
        {
            var after = runner.Run(Texts, default, CancellationToken.None);
            WrongStructureException.ThrowUnless(
                before.Zip(after).All(pair => pair.First.SequenceEqual(pair.Second)), "the vectors have changed with the file");
        }
    }
}
