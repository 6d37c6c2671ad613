using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RagConsole.Documents;

namespace RagConsole.Passages;

/// <summary>Creates the texts that show, without reading a file, that neither the file nor the settings changed.</summary>
/// <remarks>
/// Two changes within the resolution of the file times can leave the same time. Therefore, as in git, the stamp of a file that was
/// modified shortly before it was read is not used.
/// </remarks>
internal sealed class FileStamp
{
    /// <summary>The times of FAT have a resolution of 2 seconds.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(2);

    private readonly string _settings;

    /// <param name="settings">Everything else that the passages of a document depend on.</param>
    public FileStamp(string settings) =>
        _settings = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(settings)))[..8];

    /// <summary>Returns the stamp of a listed file, or an empty string if the document is not a file.</summary>
    public string Get(DocumentEntry entry) => entry.Modified is not { } modified ? "" : string.Create(
        CultureInfo.InvariantCulture, $"{entry.Bytes} {modified.Ticks:x} {_settings}");

    /// <summary>Returns the stamp to record for a file, or an empty string if a later change could leave the same stamp.</summary>
    /// <param name="entry">The file as it was listed, before it was read.</param>
    /// <param name="read">The time at which the content was read, in UTC.</param>
    public string GetReliable(DocumentEntry entry, DateTime read) =>
        read - entry.Modified >= Resolution ? Get(entry) : "";
}
