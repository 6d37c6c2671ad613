using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>
/// Checks an export before ONNX Runtime loads it. Graphs that are not encoders, refer to files outside their folder, or declare sizes
/// that do not match their bytes never reach native code.
/// </summary>
internal static class OnnxExportCheck
{
    private const int BufferLength = 1 << 16;

    /// <summary>Checks an export. Returns the paths of the other files that contain its weights.</summary>
    /// <exception cref="JinaModelException">The file, or a file that it refers to, cannot be loaded.</exception>
    public static IReadOnlyList<string> Check(string path)
    {
        var outline = Read(path);
        if (!outline.HasGraph || outline.OpsetCount == 0 || outline.NodeCount == 0)
        {
            throw Damaged(
                path,
                $"it has {(outline.HasGraph ? "a" : "no")} graph, {outline.NodeCount} nodes and {outline.OpsetCount} operator sets; "
                + "an ONNX file has some of each");
        }

        // Old versions of the format declare weights as inputs with a default.
        EncoderContract.Create(path, [.. outline.Inputs.Where(input => !outline.Weights.Contains(input.Name))], outline.Outputs);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in outline.Tensors)
        {
            if (CheckTensor(path, folder, tensor) is { } file)
            {
                files.Add(file);
            }
        }

        return [.. files];
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
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferLength, FileOptions.SequentialScan);
        if (file.Length is 0 or > int.MaxValue)
        {
            throw Damaged(
                path,
                $"it has {file.Length} bytes; an ONNX file has between 1 and {int.MaxValue}, with larger weights in a file of their own");
        }

        return OnnxOutlineReader.Read(file);
    }

    /// <summary>Checks a tensor. Returns the path of its file, or <see langword="null"/> if the export itself contains it.</summary>
    private static string? CheckTensor(string path, string folder, OnnxTensor tensor)
    {
        if (!tensor.HasKnownType || tensor.ByteLength() is not { } needed)
        {
            throw Damaged(path, $"the tensor {tensor} has no ONNX type, or a shape that a file cannot hold");
        }

        if (tensor.External)
        {
            return ExternalDataCheck.Check(path, folder, tensor, needed);
        }

        if (tensor.RawLength is { } raw && raw != needed && !tensor.HasStrings)
        {
            throw Damaged(path, $"the tensor {tensor} has {raw} bytes, but its shape and type need {needed}");
        }
        else if (tensor.RawLength is null && needed > 8 * tensor.ListedLength)
        {
            // A listed number takes at least one byte, and its value has at most eight.
            throw Damaged(path, $"the tensor {tensor} needs {needed} bytes, but its list has {tensor.ListedLength}");
        }

        return null;
    }

    internal static JinaModelException Damaged(string path, string problem, Exception? cause = null) =>
        new(path, $"Not a valid ONNX file: {problem}. Export it again.", cause);
}
