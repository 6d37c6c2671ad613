using System.Text.Json;
using System.Text.Json.Serialization;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>The record of a complete model. It is written last, so a folder without one is not complete.</summary>
/// <param name="Repository">The repository, <c>org/name</c>.</param>
/// <param name="Commit">The commit that the files are of.</param>
/// <param name="Files">Every file of the model, verified.</param>
internal sealed record ModelManifest(
    [property: JsonRequired] string Repository,
    [property: JsonRequired] string Commit,
    [property: JsonRequired] IReadOnlyList<ManifestFile> Files)
{
    public const string FileName = "jina-manifest.json";

    /// <summary>Gets whether it tells of a whole model, and of none but our own names: they become paths.</summary>
    private bool IsWellFormed =>
        Files.All(file => file is not null && ModelFiles.IsKnown(file.Path))
        && ModelFiles.MissingFrom(path => Files.Any(file => file.Path == path)).Count == 0;

    /// <summary>Reads the record of a folder; null where there is none, or none that can be read.</summary>
    public static ModelManifest? TryRead(string folder)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, FileName));
            return JsonSerializer.Deserialize(stream, ManifestJson.Default.ModelManifest) is { IsWellFormed: true } manifest ? manifest : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string folder) => AtomicFile.Write(
        Path.Combine(folder, FileName),
        temporary => File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.ModelManifest)));

    /// <summary>Returns the files that are gone or have another size; this reads no content.</summary>
    public IReadOnlyList<string> MissingFiles(string folder) =>
        [.. Files.Where(file => new FileInfo(Path.Combine(folder, file.Path)) is not { Exists: true } info || info.Length != file.Size).Select(file => file.Path)];

    /// <summary>Returns the files whose content is not what was verified.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="everything">Whether to hash every file, and not only those that were written since.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<string>> FindDamageAsync(string folder, bool everything, CancellationToken cancellationToken)
    {
        var damaged = new List<string>(MissingFiles(folder));
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
                files[i] = ManifestFile.Of(path, files[i].Path, files[i].Sha256);
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

    /// <summary>Saves the next process the hashing of a copied folder, where the cache can be written.</summary>
    private static void TryUpdate(string folder, ModelManifest manifest)
    {
        try
        {
            manifest.Write(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A read-only cache is hashed every time; it still works.
        }
    }
}
