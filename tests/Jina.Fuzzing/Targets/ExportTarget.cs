using System.Diagnostics;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Fuzzing.Mutations;
using Jina.Fuzzing.Runs;

namespace Jina.Fuzzing.Targets;

/// <summary>Loads model.onnx, and runs it once if it loads. A fault in native code ends the process.</summary>
internal sealed class ExportTarget : FuzzTarget
{
    private static readonly T5Encoding[] Texts = [new([3, 2, 1], truncated: false), new([1], truncated: false)];

    private readonly byte[][] _seeds;

    public ExportTarget()
    {
        TinyModel.Write(Folder, "model.safetensors");
        _seeds = ExportSeeds.Create(Checkpoint.Open(Folder));
        foreach (var seed in _seeds)
        {
            Read(seed);
        }
    }

    public override string Name => "onnx";

    public override byte[] Make(Random random) => ProtobufMutator.Mutate(random, random.Pick(_seeds), random.Pick(_seeds));

    public override void Read(byte[] input)
    {
        System.IO.File.WriteAllBytes(File("model.onnx"), input);
        using var session = EncoderSession.Open(new ModelDirectory(Folder, preferOnnxExport: true).EnsureGraph(Folder).Path);
        var vectors = session.Run(Texts, CancellationToken.None);
        WrongStructureException.ThrowUnless(
            vectors.Length == Texts.Length && vectors.All(vector => vector.Length == session.Dimensions),
            $"{vectors.Length} vectors of {string.Join(", ", vectors.Select(vector => vector.Length))} numbers were returned, "
            + $"but {session.Dimensions} are declared");
    }

    /// <inheritdoc/>
    /// <remarks>The garbage collector does not count the runtime's memory. So the growth of the process's peak memory counts too.</remarks>
    public override Reading Measure(byte[] input)
    {
        var before = Peak();
        var reading = base.Measure(input);
        return reading with { Allocated = Math.Max(reading.Allocated, Peak() - before) };
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
