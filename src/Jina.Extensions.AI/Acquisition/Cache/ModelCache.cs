using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Represents the cache of downloaded models.</summary>
/// <param name="root">The absolute path of the cache folder.</param>
/// <remarks>
/// <c>{root}/models/{org}/{name}/</c> has <c>{commit}/</c> with real files (ONNX Runtime rejects weights behind links that leave the
/// model directory), <c>refs/{revision}</c> with the commit that a moving revision was resolved to, <c>incomplete/</c> with running
/// downloads, and <c>.lock</c>.
/// </remarks>
internal sealed class ModelCache(string root)
{
    private const string FolderName = "jina-embeddings";
    private const string ModelsFolder = "models";
    private const string RevisionsFolder = "refs";

    /// <summary>The most bytes of the file of a revision. It has a commit of 40 digits.</summary>
    private const int MaximumRevision = 100;

    /// <summary>Gets the absolute path of the cache folder.</summary>
    public string Root { get; } = root;

    /// <summary>Gets the folder with the files that are generated for models in read-only directories.</summary>
    public string GeneratedFolder => Path.Combine(Root, ModelFileNames.GeneratedFolder);

    /// <summary>Returns the absolute cache folder: the option, or the environment's folder, or the platform's folder for caches.</summary>
    public static string FindRoot(string? option, HubEnvironment environment)
    {
        var chosen = string.IsNullOrWhiteSpace(option) ? environment.CacheDirectory : option;
        return Path.GetFullPath(chosen ?? PlatformDefault(environment));
    }

    /// <summary>Returns the names of all repositories in the cache, in order.</summary>
    public IEnumerable<string> ListRepositories() =>
        from organization in Folders(Path.Combine(Root, ModelsFolder))
        from repository in Folders(organization)
        let name = $"{Path.GetFileName(organization)}/{Path.GetFileName(repository)}"
        where HubName.IsRepository(name)
        orderby name
        select name;

    public string RepositoryFolder(string repository) => Path.Combine([Root, ModelsFolder, .. repository.Split('/')]);

    public string CommitFolder(string repository, string commit) => Path.Combine(RepositoryFolder(repository), commit);

    public string IncompleteFolder(string repository) => Path.Combine(RepositoryFolder(repository), "incomplete");

    /// <summary>Returns the directory and the manifest of a model that was once downloaded completely, or <see langword="null"/>.</summary>
    public (string Folder, ModelManifest Manifest)? Find(JinaEmbeddingModel model)
    {
        if (FindCommit(model) is not { } commit)
        {
            return null;
        }

        var folder = CommitFolder(model.Repository!, commit);
        return ModelManifest.TryRead(folder) is { } manifest ? (folder, manifest) : null;
    }

    /// <summary>Returns the complete models of a repository: one for each recorded revision, and the pinned one.</summary>
    public IReadOnlyList<JinaEmbeddingModel> ListComplete(string repository)
    {
        var folder = Path.Combine(RepositoryFolder(repository), RevisionsFolder);
        var recorded = Directory.Exists(folder) ? Directory.GetFiles(folder).Select(Path.GetFileName) : [];
        return
        [
            .. from revision in recorded.Select(name => Uri.UnescapeDataString(name!)).Append(ModelCatalog.DefaultRevision(repository))
               where HubName.IsRevision(revision)
               orderby revision
               let model = JinaEmbeddingModel.FromHub(repository, revision)
               where Find(model) is var (path, manifest) && manifest.FindMissing(path).Count == 0
               group model by model into same
               select same.Key,
        ];
    }

    /// <summary>
    /// Returns the commit of a model's revision: the revision itself if it is a commit, or the recorded commit; otherwise,
    /// <see langword="null"/>.
    /// </summary>
    public string? FindCommit(JinaEmbeddingModel model)
    {
        if (HubName.IsCommit(model.Revision!))
        {
            return model.Revision;
        }

        return RegularFile.TryReadText(RevisionFile(model), MaximumRevision) is { } commit && HubName.IsCommit(commit) ? commit : null;
    }

    /// <summary>
    /// Records the commit of a model's revision, so that it means the same commit later and offline. A commit that the caller chose is
    /// recorded too, so that it is not pruned. The catalog's own commits are not recorded, because a later catalog can replace them.
    /// </summary>
    public void RecordCommit(JinaEmbeddingModel model, string commit)
    {
        if (model.Revision == ModelCatalog.Find(model.Repository!)?.Revision && HubName.IsCommit(model.Revision!))
        {
            return;
        }

        var file = RevisionFile(model);
        CacheFile.CreateFolder(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, temporary => File.WriteAllText(temporary, commit + "\n"));
    }

    /// <summary>Returns the recorded commits of a repository.</summary>
    public IReadOnlyList<string> ListRecordedCommits(string repository)
    {
        var folder = Path.Combine(RepositoryFolder(repository), RevisionsFolder);
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder).Select(file => RegularFile.TryReadText(file, MaximumRevision)).OfType<string>()]
            : [];
    }

    /// <summary>Returns the subfolders of a folder, or nothing if it does not exist.</summary>
    public static string[] Folders(string folder) => Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];

    /// <summary>A branch can contain slashes. After escaping, every revision is one file.</summary>
    private string RevisionFile(JinaEmbeddingModel model) =>
        Path.Combine(RepositoryFolder(model.Repository!), RevisionsFolder, Uri.EscapeDataString(model.Revision!));

    /// <summary>
    /// Returns the platform's folder for caches. The system does not verify that it exists: it would return an empty path for a missing
    /// home, and the cache would be in the current directory.
    /// </summary>
    private static string PlatformDefault(HubEnvironment environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Folder(Environment.SpecialFolder.LocalApplicationData), FolderName);
        }

        var home = Folder(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Caches", FolderName)
            : Path.Combine(environment.XdgCacheHome ?? Path.Combine(home, ".cache"), FolderName);
    }

    private static string Folder(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
}
