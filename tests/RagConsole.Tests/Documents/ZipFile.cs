using System.IO.Compression;
using System.Text;

namespace RagConsole.Tests.Documents;

/// <summary>Creates ZIP archives in memory.</summary>
internal static class ZipFile
{
    public static byte[] Create(IEnumerable<(string Path, string Text)> files) =>
        Create(files.Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Text))));

    public static byte[] Create(IEnumerable<(string Path, byte[] Content)> files)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var entry = archive.CreateEntry(path, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }
}
