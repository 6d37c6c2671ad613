using System.Globalization;
using System.IO.Compression;

namespace RagConsole.Documents;

/// <summary>Opens files that are ZIP archives, after a check of what their directory declares.</summary>
internal static class ZipContent
{
    /// <summary>A presentation with 1,000 slides has 5,000 parts.</summary>
    private const int MaxEntries = 20_000;

    /// <summary>Files of up to 64 MB are read. Images do not shrink in an archive, and a text of this size is too long.</summary>
    private const long MaxBytes = 1L << 30;

    /// <summary>The start of a compound file, which contains older or encrypted files of Office.</summary>
    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>The name of a stream in an encrypted file of Office, as UTF-16.</summary>
    private static ReadOnlySpan<byte> EncryptedPackage => "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8;

    /// <summary>Opens an archive for reading.</summary>
    /// <param name="content">The content of the file.</param>
    /// <param name="kind">The expected kind of file, with its article.</param>
    /// <exception cref="UnreadableDocumentException">The file is not such an archive, is encrypted or exceeds a limit.</exception>
    public static ZipArchive Open(byte[] content, string kind)
    {
        if (content.AsSpan().StartsWith(CompoundFile))
        {
            throw new UnreadableDocumentException(content.AsSpan().IndexOf(EncryptedPackage) >= 0
                ? "it is encrypted. Save it without a password."
                : $"it is not {kind}, but a file of an older version of Office. Save it in the newer format.");
        }

        ZipArchive archive;
        try
        {
            archive = new ZipArchive(new MemoryStream(content, writable: false));
            Check(archive);
        }
        catch (InvalidDataException)
        {
            throw new UnreadableDocumentException(content.AsSpan().StartsWith("PK\x3\x4"u8)
                ? "it is a damaged or incomplete ZIP archive. Copy it again from its source."
                : $"it is not {kind}. Expected a ZIP archive.");
        }

        return archive;
    }

    private static void Check(ZipArchive archive)
    {
        if (archive.Entries.Count > MaxEntries)
        {
            throw new UnreadableDocumentException(string.Create(
                CultureInfo.InvariantCulture, $"it contains {archive.Entries.Count:N0} files. Expected at most {MaxEntries:N0}."));
        }

        if (archive.Entries.Any(entry => entry.IsEncrypted))
        {
            throw new UnreadableDocumentException("it is encrypted. Save it without a password.");
        }

        if (archive.Entries.Aggregate(0L, (sum, entry) => sum + Math.Min(entry.Length, MaxBytes + 1)) > MaxBytes)
        {
            throw new UnreadableDocumentException($"its content unpacks to more than {MaxBytes >> 20:N0} MB. Save it in smaller files.");
        }
    }
}
