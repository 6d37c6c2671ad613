using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>
/// Looks at somebody else's graph before ONNX Runtime does: what is no encoder, reaches out of its folder, or states sizes
/// that its bytes do not bear out, never gets into native code.
/// </summary>
internal static class OnnxExportCheck
{
    private const int BufferLength = 1 << 16;

    /// <exception cref="JinaModelException">The file, or one that it names, is not one to load.</exception>
    public static void Check(string path)
    {
        var outline = Read(path);
        if (!outline.HasGraph || outline.OpsetCount == 0 || outline.NodeCount == 0)
        {
            throw Damaged(path, $"it has {(outline.HasGraph ? "a" : "no")} graph, {outline.NodeCount} nodes and {outline.OpsetCount} operator sets; an ONNX file has some of each");
        }

        // Files of old versions of the format declare their weights as inputs with a default.
        EncoderContract.Of(path, [.. outline.Inputs.Where(input => !outline.Weights.Contains(input.Name))], outline.Outputs);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (var tensor in outline.Tensors)
        {
            CheckTensor(path, folder, tensor);
        }
    }

    private static OnnxOutline Read(string path)
    {
        try
        {
            return ModelFileReader.Read(path, ReadOutline);
        }
        catch (FormatException e)
        {
            throw Damaged(path, e.Message, e);
        }
    }

    private static OnnxOutline ReadOutline(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferLength, FileOptions.SequentialScan);
        return file.Length is 0 or > int.MaxValue
            ? throw Damaged(path, $"it has {file.Length} bytes; an ONNX file has some and at most {int.MaxValue}, with larger weights in a file of their own")
            : OnnxOutlineReader.Read(file);
    }

    private static void CheckTensor(string path, string folder, OnnxTensor tensor)
    {
        if (!tensor.HasKnownType || tensor.ByteLength() is not { } needed)
        {
            throw Damaged(path, $"the tensor {tensor} has no type or shape of ONNX that a file can hold");
        }

        if (tensor.External)
        {
            ExternalDataCheck.Check(path, folder, tensor, needed);
        }
        else if (tensor.RawLength is { } raw && raw != needed && !tensor.HoldsStrings)
        {
            throw Damaged(path, $"the tensor {tensor} has {raw} bytes, but its shape and type need {needed}");
        }
        else if (tensor.RawLength is null && needed > 8 * tensor.ListedLength)
        {
            // A listed number takes at least one byte, and none is larger than two of eight.
            throw Damaged(path, $"the tensor {tensor} needs {needed} bytes, but its list has {tensor.ListedLength}");
        }
    }

    internal static JinaModelException Damaged(string path, string problem, Exception? cause = null) =>
        new(path, $"this is no sound ONNX file: {problem}. Export it again.", cause);
}
