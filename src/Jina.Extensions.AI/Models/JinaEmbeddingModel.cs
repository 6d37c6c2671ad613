using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI;

/// <summary>
/// Represents the name of an embedding model: a published model, a repository on the Hugging Face hub, or a model directory.
/// </summary>
/// <remarks>
/// Instances are immutable and have value equality. Creating one reads no file and uses no network, except that
/// <see cref="Parse(string)"/> checks whether a directory exists.
/// </remarks>
public sealed class JinaEmbeddingModel : IEquatable<JinaEmbeddingModel>
{
    private JinaEmbeddingModel(string name, string? directoryPath, string? repository, string? revision, int? dimensions)
    {
        Name = name;
        DirectoryPath = directoryPath;
        Repository = repository;
        Revision = revision;
        Dimensions = dimensions;
    }

    /// <summary>Gets jina-embedding-s-en-v1, the default: 35 million parameters, 512 dimensions.</summary>
    public static JinaEmbeddingModel SmallEnV1 { get; } = FromCatalog(ModelCatalog.SmallEnV1);

    /// <summary>Gets jina-embedding-b-en-v1: 110 million parameters, 768 dimensions.</summary>
    public static JinaEmbeddingModel BaseEnV1 { get; } = FromCatalog(ModelCatalog.BaseEnV1);

    /// <summary>Gets jina-embedding-l-en-v1: 335 million parameters, 1024 dimensions.</summary>
    public static JinaEmbeddingModel LargeEnV1 { get; } = FromCatalog(ModelCatalog.LargeEnV1);

    /// <summary>
    /// Gets the demo model of the package <c>Jina.Embeddings.DemoModel</c>: 6 million parameters, 256 dimensions. It needs no network,
    /// and its vectors are weaker than those of the published models.
    /// </summary>
    public static JinaEmbeddingModel Demo { get; } =
        new(PackagedFolder.DemoModel, PackagedFolder.PathOf(PackagedFolder.DemoModel), null, null, JinaEmbeddingDimensions.Demo);

    /// <summary>Gets the short name: the catalog's name, <c>org/name</c> of a repository, or the last part of a directory's path.</summary>
    public string Name { get; }

    /// <summary>Gets the absolute path of the model directory, or <see langword="null"/> for a model on the hub.</summary>
    public string? DirectoryPath { get; }

    /// <summary>Gets <c>org/name</c> on the hub, or <see langword="null"/> for a model directory.</summary>
    public string? Repository { get; }

    /// <summary>Gets the commit, branch or tag of <see cref="Repository"/>, or <see langword="null"/> for a model directory.</summary>
    public string? Revision { get; }

    /// <summary>
    /// Gets the length of the vectors if it is known without loading, which is so for published models; otherwise, <see
    /// langword="null"/>.
    /// </summary>
    public int? Dimensions { get; }

    /// <summary>
    /// Gets the absolute path of the directory that <see cref="Parse(string)"/> looked for before it read a name, or
    /// <see langword="null"/>. It is not part of the model.
    /// </summary>
    internal string? MissingDirectory { get; private init; }

    private string? DefaultRevision => Repository is null ? null : ModelCatalog.DefaultRevision(Repository);

    /// <summary>Creates a model from a directory in Hugging Face layout. Such a model never uses the network.</summary>
    /// <param name="path">
    /// The directory. A relative path is resolved against the current directory immediately. It does not need to exist yet.
    /// </param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or white space.</exception>
    public static JinaEmbeddingModel FromDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var name = Path.GetFileName(full);
        return new(name.Length > 0 ? name : full, full, null, null, null);
    }

    /// <summary>
    /// Creates a model from a model directory that a package made by <c>jina-embeddings pack</c> adds to the application. Such a model
    /// never uses the network.
    /// </summary>
    /// <remarks>
    /// Packages of models on the hub do not need this method. <see cref="SmallEnV1"/> and <see cref="FromHub"/> look for them first.
    /// </remarks>
    /// <param name="name">The name of the model directory that was packed. The package does not need to be referenced yet.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space, or not a name of a folder.</exception>
    public static JinaEmbeddingModel FromPackage(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name is not ("." or "..") && Path.GetFileName(name) == name
            ? FromDirectory(PackagedFolder.PathOf(name))
            : throw new ArgumentException(
                $"'{name}' is not the name of a packed model directory. Expected a name without a path, like {PackagedFolder.DemoModel}.",
                nameof(name));
    }

    /// <summary>Creates a model from a T5 encoder on the Hugging Face hub, e.g. <c>sentence-transformers/sentence-t5-base</c>.</summary>
    /// <param name="repository">The repository, <c>org/name</c>.</param>
    /// <param name="revision">A commit, branch or tag. A branch or tag is resolved to a commit once, and the commit is recorded.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="repository"/> or <paramref name="revision"/> is not a name that the hub allows.
    /// </exception>
    public static JinaEmbeddingModel FromHub(string repository, string revision = "main")
    {
        HubName.ThrowIfNotRepository(repository);
        HubName.ThrowIfNotRevision(revision);
        return ModelCatalog.Find(repository) is { } known
            ? FromCatalog(known with { Revision = revision })
            : new(repository, null, repository, revision, null);
    }

    /// <summary>Parses a model from the text that a user writes.</summary>
    /// <param name="value">
    /// One of these, checked in this order: a catalog name with or without <c>jinaai/</c>, an existing directory, or <c>org/name</c> on
    /// the hub. To name a directory that is called like one of the others, put <c>./</c> in front of it. A name can have a revision:
    /// <c>org/name@revision</c> with a commit, branch or tag. <c>demo-en</c> is <see cref="Demo"/> if it is not an existing directory.
    /// </param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="value"/> is not one of these. The message names the directory that does not exist, and a published model with a
    /// similar name.
    /// </exception>
    public static JinaEmbeddingModel Parse(string value) => Parse(value, "");

    /// <param name="value">The text that a user wrote.</param>
    /// <param name="baseDirectory">The directory of relative paths. If it is empty, it is the current directory.</param>
    /// <inheritdoc cref="Parse(string)"/>
    internal static JinaEmbeddingModel Parse(string value, string baseDirectory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (ModelCatalog.Find(value) is { } known)
        {
            return FromCatalog(known);
        }

        var directory = FullPath(value, baseDirectory);
        if (Directory.Exists(directory))
        {
            return FromDirectory(directory);
        }

        if (value.Equals(Demo.Name, StringComparison.OrdinalIgnoreCase))
        {
            return Demo;
        }

        var (name, revision) = value.Split('@', 2) is [var left, var right] ? (left, right) : (value, null);
        if (ModelCatalog.Find(name) is null && !HubName.IsRepository(name))
        {
            throw NotFound(value, directory);
        }

        HubName.ThrowIfNotRevision(revision ??= ModelCatalog.DefaultRevision(name), nameof(value));
        var model = FromHub(ModelCatalog.Find(name)?.Repository ?? name, revision);
        return new(model.Name, null, model.Repository, revision, model.Dimensions) { MissingDirectory = directory };
    }

    /// <summary>Returns the same model at a revision.</summary>
    /// <exception cref="ArgumentException">
    /// The value is not a revision, the model is a directory, or it already has another revision that a user chose.
    /// </exception>
    internal JinaEmbeddingModel At(string revision)
    {
        HubName.ThrowIfNotRevision(revision);
        if (Repository is null)
        {
            throw new ArgumentException($"The model {Name} is a directory, which has no revisions.", nameof(revision));
        }

        return Revision == DefaultRevision || Revision == revision
            ? FromHub(Repository, revision)
            : throw new ArgumentException(
                $"The model {this} already has a revision, which differs from '{revision}'. Give one of them.", nameof(revision));
    }

    /// <inheritdoc/>
    public bool Equals(JinaEmbeddingModel? other) =>
        other is not null
        && Name == other.Name && DirectoryPath == other.DirectoryPath && Repository == other.Repository && Revision == other.Revision;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JinaEmbeddingModel);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, DirectoryPath, Repository, Revision);

    /// <summary>Returns a text that <see cref="Parse(string)"/> accepts.</summary>
    /// <returns>The path of the directory, the name, or <c>name@revision</c> if the revision is not the default.</returns>
    public override string ToString() => DirectoryPath ?? (Revision == DefaultRevision ? Name : $"{Name}@{Revision}");

    private static ArgumentException NotFound(string value, string? directory)
    {
        var similar = ModelCatalog.FindSimilar(value) is { } model ? $"Did you mean {model.Name}? " : "";
        var missing = directory is null ? "" : $" The directory {directory} does not exist.";
        return new(
            $"The model '{value}' was not found. {similar}A model is one of {ModelCatalog.Names}, an existing directory in Hugging Face "
            + $"layout, or org/name on the hub, also with a revision (org/name@revision).{missing}",
            nameof(value));
    }

    /// <summary>Returns the absolute path, or <see langword="null"/> if the value cannot be a path.</summary>
    private static string? FullPath(string value, string baseDirectory)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(baseDirectory, value));
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            return null;
        }
    }

    private static JinaEmbeddingModel FromCatalog(ModelCatalog.KnownModel model) =>
        new(model.Name, null, model.Repository, model.Revision, model.Dimensions);
}
