using System.IO.Compression;
using System.Text;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

/// <summary>Writes files for tests of their readers.</summary>
internal static class DataFile
{
    public static string Write(TemporaryFolder folder, string name, string text)
    {
        var path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    public static string WriteCompressed(TemporaryFolder folder, string name, string text)
    {
        using var file = new GZipStream(File.Create(folder.File(name)), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(text));
        return folder.File(name);
    }
}
