using System.Diagnostics;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Fuzzing.Mutations;
using Jina.Fuzzing.Runs;

namespace Jina.Fuzzing.Targets;

/// <summary>model.onnx: loaded, and run once where it loads. A fault in native code ends the process.</summary>
internal sealed class ExportTarget : FuzzTarget
{
    private static readonly T5Encoding[] Texts = [new([3, 2, 1], truncated: false), new([1], truncated: false)];

    private readonly byte[][] _seeds;

    public ExportTarget()
    {
        TinyModel.Write(Folder, "model.safetensors");
        _seeds = ExportSeeds.Of(Checkpoint.Open(Folder));
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
        using var session = EncoderSession.Open(ModelFolder.Open(Folder, preferOnnxExport: true).EnsureGraph(Folder).Path);
        var vectors = session.Run(Texts, CancellationToken.None);
        WrongStructureException.ThrowUnless(
            vectors.Length == Texts.Length && vectors.All(vector => vector.Length == session.Dimensions),
            $"{vectors.Length} vectors of {string.Join(", ", vectors.Select(vector => vector.Length))} numbers came, where {session.Dimensions} are announced");
    }

    /// <inheritdoc/>
    /// <remarks>The runtime's memory is none of the collector's: how far the process grew beyond all it had before counts as well.</remarks>
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
