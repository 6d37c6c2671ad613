using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.SentenceTransformers;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Int8Weights;
using Jina.Extensions.AI.OnnxExports;

namespace Jina.Extensions.AI.Loading;

/// <summary>What a model's folder offers to run: its own checkpoint, or an ONNX export that lies in it.</summary>
/// <param name="Checkpoint">The checkpoint, or null where the export is run.</param>
/// <param name="ExportPath">The ONNX export, or null where the checkpoint is run.</param>
/// <param name="Pipeline">What follows the encoder, and the limit in tokens.</param>
internal sealed record ModelFolder(Checkpoint? Checkpoint, string? ExportPath, SentencePipeline Pipeline)
{
    /// <summary>Reads names and headers only; weights and tokenizer stay untouched.</summary>
    public static ModelFolder Open(string folder, bool preferOnnxExport)
    {
        var runsCheckpoint = Checkpoint.ExistsIn(folder) && !preferOnnxExport;
        if (!runsCheckpoint && OnnxExport.Find(folder) is { } export)
        {
            return new ModelFolder(null, export, SentencePipeline.Read(folder));
        }

        var checkpoint = Checkpoint.Open(folder);
        return new ModelFolder(checkpoint, null, checkpoint.Pipeline);
    }

    /// <summary>Gets the length of an embedding where it can be told without loading, else null.</summary>
    public int? Dimensions => Checkpoint is null ? null : (int)(Pipeline.Dense?.Shape[0] ?? Checkpoint.Config.HiddenSize);

    /// <summary>Returns the graph to load; it and the weights that its precision needs are written first where they are not there yet.</summary>
    /// <exception cref="JinaModelException">The precision is not one that an ONNX export can run in, or nothing can be written.</exception>
    public EncoderGraph EnsureGraph(string cacheRoot, Precision precision = Precision.Fp32, IProgress<WeightQuantizationProgress>? progress = null)
    {
        if (Checkpoint is null)
        {
            return precision == Precision.Fp32 ? new EncoderGraph(ExportPath!, []) : throw new JinaModelException(
                ExportPath!, $"An ONNX export runs as it is; {nameof(Precision)}.{precision} needs the checkpoint's weights. Add them to the folder, or leave the precision at {nameof(Precision.Fp32)}.");
        }

        return EncoderGraphFile.Ensure(precision == Precision.Int8 ? Int8Checkpoint.Ensure(Checkpoint, cacheRoot, progress) : Checkpoint, cacheRoot);
    }
}
