using System.Text.Json;
using System.Text.Json.Serialization;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Represents the record of a complete model. It is written last, so a directory without it is not complete.</summary>
/// <param name="Repository">The repository, <c>org/name</c>.</param>
/// <param name="Commit">The commit of the files.</param>
/// <param name="Files">The files of the model, all verified.</param>
internal sealed record ModelManifest(
    [property: JsonRequired] string Repository,
    [property: JsonRequired] string Commit,
    [property: JsonRequired] IReadOnlyList<ManifestFile> Files)
{
    public const string FileName = "jina-manifest.json";

    private const int MaximumLength = 1 << 20;

    /// <summary>Gets a value indicating whether the record lists a whole model, and only known names, because names become paths.</summary>
    private bool IsWellFormed =>
        Files.All(file => file is not null && ModelFiles.All.Contains(file.Path))
        && ModelFiles.FindMissing(path => Files.Any(file => file.Path == path)).Count == 0;

    /// <summary>Reads the record of a directory. Returns <see langword="null"/> if it is missing or cannot be read.</summary>
    public static ModelManifest? TryRead(string folder)
    {
        try
        {
            var json = BoundedFile.ReadAll(Path.Combine(folder, FileName), MaximumLength, "A record of about 3,000 bytes");
            var manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest);
            return manifest is { IsWellFormed: true } ? manifest : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string folder) => AtomicFile.Write(
        Path.Combine(folder, FileName),
        temporary => File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.ModelManifest)));

    /// <summary>Returns the files that are missing or have another size. Contents are not read.</summary>
    public IReadOnlyList<string> FindMissing(string folder)
    {
        bool IsPresent(ManifestFile file) =>
            new FileInfo(Path.Combine(folder, file.Path)) is { Exists: true } info && info.Length == file.Size;

        return [.. Files.Where(file => !IsPresent(file)).Select(file => file.Path)];
    }

    /// <summary>Returns the files whose contents differ from what was verified.</summary>
    /// <param name="folder">The model directory.</param>
    /// <param name="everything">Whether to hash every file, and not only files that were written since.</param>
    /// <param name="cancellationToken">A token to cancel the work.</param>
    public async Task<IReadOnlyList<string>> FindDamageAsync(string folder, bool everything, CancellationToken cancellationToken)
    {
        var damaged = new List<string>(FindMissing(folder));
        var files = Files.ToArray();
        for (var i = 0; i < files.Length; i++)
        {
            var path = Path.Combine(folder, files[i].Path);
            if (damaged.Contains(files[i].Path) || (!everything && File.GetLastWriteTimeUtc(path) == files[i].Modified))
            {
                continue;
            }

            using var hasher = await ContentHasher.ReadAsync(path, null, cancellationToken).ConfigureAwait(false);
            if (hasher.Sha256() == files[i].Sha256)
            {
                files[i] = ManifestFile.Create(path, files[i].Path, files[i].Sha256);
            }
            else
            {
                damaged.Add(files[i].Path);
            }
        }

        if (damaged.Count == 0 && !files.SequenceEqual(Files))
        {
            TryUpdate(folder, this with { Files = files });
        }

        return damaged;
    }

    /// <summary>
    /// Records the new times of a copied directory, so that the next process does not hash it again. A read-only cache is left as it is.
    /// </summary>
    private static void TryUpdate(string folder, ModelManifest manifest)
    {
        try
        {
            manifest.Write(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Every process hashes the files of a read-only cache again.
        }
    }
}

/// <summary>Represents one verified file of a model.</summary>
/// <param name="Path">The path inside the model directory, with forward slashes.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The SHA-256 of the content, in lowercase hexadecimal digits.</param>
/// <param name="Modified">The time of the last write (UTC). A file with the same time and size is not hashed again.</param>
internal sealed record ManifestFile(
    [property: JsonRequired] string Path,
    [property: JsonRequired] long Size,
    [property: JsonRequired] string Sha256,
    [property: JsonRequired] DateTime Modified)
{
    /// <summary>Creates the entry of a file whose content was just verified.</summary>
    public static ManifestFile Create(string file, string path, string sha256)
    {
        var info = new FileInfo(file);
        return new(path, info.Length, sha256, info.LastWriteTimeUtc);
    }

    /// <summary>Moves a verified file to its final place and creates its entry.</summary>
    /// <remarks>
    /// The file's time is rounded down to whole seconds first. Archives and images keep no fractions, and any later change is visible,
    /// even within the same second. The file is not flushed to disk: after a power failure, a file system that orders its metadata can
    /// lose only the end of the file, which changes its size.
    /// </remarks>
    public static ManifestFile Install(string verified, string target, string path, string sha256)
    {
        File.SetLastWriteTimeUtc(verified, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).UtcDateTime);
        CacheFile.CreateFolder(System.IO.Path.GetDirectoryName(target)!);
        File.Move(verified, target, overwrite: true);
        return Create(target, path, sha256);
    }
}

/// <summary>Reads and writes <see cref="ModelManifest"/> as JSON without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
