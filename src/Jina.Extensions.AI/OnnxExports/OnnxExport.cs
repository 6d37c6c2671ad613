using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Finds an ONNX export of another program in a model directory.</summary>
internal static class OnnxExport
{
    /// <summary>The usual places of an export, in order of preference.</summary>
    private static readonly string[] UsualPlaces = [ModelFileNames.OnnxExport, Path.Combine("onnx", ModelFileNames.OnnxExport)];

    /// <summary>Returns the export's path, or <see langword="null"/> if the directory has none.</summary>
    /// <exception cref="JinaModelException">The directory has several exports, all of them outside the usual places.</exception>
    public static string? Find(string folder)
    {
        if (UsualPlaces.Select(place => Path.Combine(folder, place)).FirstOrDefault(RegularFile.IsPresent) is { } usual)
        {
            return usual;
        }

        var others = Directory.EnumerateFiles(folder, "*.onnx")
            .Where(file => !ModelFileNames.IsGeneratedGraph(file))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (others.Length > 1)
        {
            throw new JinaModelException(
                folder,
                $"Found several ONNX files ({string.Join(", ", others.Select(Path.GetFileName))}), but no {ModelFileNames.OnnxExport}. "
                + $"Rename the encoder to {ModelFileNames.OnnxExport}, or leave only the encoder in the folder.");
        }

        return others.FirstOrDefault();
    }
}
