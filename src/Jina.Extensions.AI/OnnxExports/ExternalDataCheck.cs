using System.Globalization;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.SentenceTransformers;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Checks where a foreign graph keeps a tensor outside of its own file.</summary>
internal static class ExternalDataCheck
{
    /// <exception cref="JinaModelException">The place lies outside the folder, or does not hold the tensor.</exception>
    public static void Check(string path, string folder, OnnxTensor tensor, long needed)
    {
        var file = new FileInfo(InnerPath.Resolve(folder, Location(path, tensor), path));
        if (!file.Exists)
        {
            throw new JinaModelException(
                path, $"the tensor {tensor} lies in {file.Name}, which is not there. Copy all files of the export into the folder.");
        }

        RefuseLinksOut(path, folder, file);
        var offset = Number(path, tensor, "offset") ?? 0;
        var length = Number(path, tensor, "length") ?? needed;
        if (length != needed || offset > file.Length - needed)
        {
            throw OnnxExportCheck.Damaged(
                path, $"the tensor {tensor} needs {needed} bytes; its external data are {length} bytes from byte {offset} of {file.Name}, which has {file.Length}");
        }
    }

    private static string Location(string path, OnnxTensor tensor) =>
        tensor.RawLength is null && tensor.ListedLength == 0 && !tensor.HoldsStrings && tensor.ExternalData.TryGetValue("location", out var location) && location.Length > 0
            ? location
            : throw OnnxExportCheck.Damaged(path, $"the tensor {tensor} has external data without a location, or besides data of its own, or of strings");

    // ONNX Runtime follows no link out of the folder either, but says so in words that help nobody.
    private static void RefuseLinksOut(string path, string folder, FileInfo file)
    {
        for (FileSystemInfo? place = file; place is not null && place.FullName != folder; place = Directory.GetParent(place.FullName))
        {
            if (place.ResolveLinkTarget(returnFinalTarget: true) is { } target
                && !target.FullName.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new JinaModelException(
                    path, $"{Path.GetRelativePath(folder, place.FullName)}, which holds weights, is a link out of the folder. Put the file itself there.");
            }
        }
    }

    private static long? Number(string path, OnnxTensor tensor, string key) =>
        !tensor.ExternalData.TryGetValue(key, out var text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw OnnxExportCheck.Damaged(path, $"the tensor {tensor} states the {key} '{(text.Length > 40 ? text[..40] + "…" : text)}' of its external data; a whole number is expected");
}
