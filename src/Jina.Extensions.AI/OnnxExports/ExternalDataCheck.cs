using System.Globalization;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Checks the place of a tensor that an export stores outside its own file.</summary>
internal static class ExternalDataCheck
{
    /// <exception cref="JinaModelException">The place is outside the folder, or does not contain the tensor.</exception>
    public static void Check(string path, string folder, OnnxTensor tensor, long needed)
    {
        var file = new FileInfo(InnerPath.Resolve(folder, Location(path, tensor), path));
        if (!RegularFile.IsPresent(file.FullName))
        {
            throw new JinaModelException(
                path, $"The tensor {tensor} is stored in {file.Name}, which does not exist. Copy all files of the export into the folder.");
        }

        RejectLinksOut(path, folder, file);
        var available = RegularFile.Require(file.FullName);
        var offset = Number(path, tensor, "offset") ?? 0;
        var length = Number(path, tensor, "length") ?? needed;
        if (length != needed || offset > available - needed)
        {
            throw OnnxExportCheck.Damaged(
                path,
                $"the tensor {tensor} needs {needed} bytes; its external data are {length} bytes from byte {offset} of {file.Name}, which "
                + $"has {available}");
        }
    }

    private static string Location(string path, OnnxTensor tensor)
    {
        var isExternalOnly = tensor.RawLength is null && tensor.ListedLength == 0 && !tensor.HasStrings;
        return isExternalOnly && tensor.ExternalData.TryGetValue("location", out var location) && location.Length > 0
            ? location
            : throw OnnxExportCheck.Damaged(
                path, $"the tensor {tensor} has external data without a location, in addition to data of its own, or of strings");
    }

    // ONNX Runtime does not follow links out of the folder either, but its message does not help a user.
    private static void RejectLinksOut(string path, string folder, FileInfo file)
    {
        for (FileSystemInfo? place = file; place is not null && place.FullName != folder; place = Directory.GetParent(place.FullName))
        {
            if (place.ResolveLinkTarget(returnFinalTarget: true) is { } target
                && !target.FullName.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new JinaModelException(
                    path,
                    $"{Path.GetRelativePath(folder, place.FullName)}, which has weights, is a link out of the folder. Put the file itself "
                    + "there.");
            }
        }
    }

    private static long? Number(string path, OnnxTensor tensor, string key)
    {
        if (!tensor.ExternalData.TryGetValue(key, out var text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw OnnxExportCheck.Damaged(
                path,
                $"the tensor {tensor} has external data whose {key} is '{(text.Length > 40 ? text[..40] + "…" : text)}'; "
                + "a whole number is expected");
    }
}
