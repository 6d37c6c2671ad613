using System.Text.Json.Serialization;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>One verified file of a model.</summary>
/// <param name="Path">The path inside the model's folder, with forward slashes.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, lower-case hexadecimal.</param>
/// <param name="Modified">When it was last written (UTC): a file whose time and size are unchanged is not hashed again.</param>
internal sealed record ManifestFile(
    [property: JsonRequired] string Path,
    [property: JsonRequired] long Size,
    [property: JsonRequired] string Sha256,
    [property: JsonRequired] DateTime Modified)
{
    /// <summary>Describes a file whose content was just verified.</summary>
    public static ManifestFile Of(string file, string path, string sha256)
    {
        var info = new FileInfo(file);
        return new(path, info.Length, sha256, info.LastWriteTimeUtc);
    }

    /// <summary>Gives a verified file its place.</summary>
    /// <remarks>
    /// Its time is cut to whole seconds first: archives and images keep no more, and any later change, even within
    /// the same second, shows. There is no fsync: what a power cut takes from a file system that orders its metadata is the
    /// end of the file, and then the size tells.
    /// </remarks>
    public static ManifestFile Install(string verified, string target, string path, string sha256)
    {
        File.SetLastWriteTimeUtc(verified, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).UtcDateTime);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        File.Move(verified, target, overwrite: true);
        return Of(target, path, sha256);
    }
}
