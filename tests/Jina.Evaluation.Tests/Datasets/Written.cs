using System.IO.Compression;
using System.Text;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

/// <summary>Files for tests of their readers.</summary>
internal static class Written
{
    public static string To(TemporaryFolder folder, string name, string text)
    {
        var path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    public static string Packed(TemporaryFolder folder, string name, string text)
    {
        using var packed = new GZipStream(File.Create(folder.File(name)), CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(text));
        return folder.File(name);
    }
}
