using Jina.Extensions.AI.Graph;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Finds an ONNX export that somebody else put into a model's folder.</summary>
internal static class OnnxExport
{
    /// <summary>Where exporters put their file, in order of preference.</summary>
    private static readonly string[] UsualPlaces = ["model.onnx", Path.Combine("onnx", "model.onnx")];

    /// <summary>Returns the export's path, or null where the folder holds none.</summary>
    /// <exception cref="JinaModelException">There are several, none of them in a usual place.</exception>
    public static string? Find(string folder)
    {
        if (UsualPlaces.Select(place => Path.Combine(folder, place)).FirstOrDefault(File.Exists) is { } usual)
        {
            return usual;
        }

        var others = Directory.EnumerateFiles(folder, "*.onnx")
            .Where(file => !EncoderGraphFile.IsOwn(file))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return others.Length > 1
            ? throw new JinaModelException(
                folder,
                $"found several ONNX files ({string.Join(", ", others.Select(Path.GetFileName))}) but no model.onnx. Rename the encoder to model.onnx, or leave only it in the folder.")
            : others.FirstOrDefault();
    }
}
