using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI;

/// <summary>Which model to run: one of the catalogue, a repository on the Hugging Face hub, or a folder.</summary>
/// <remarks>
/// An immutable name with value equality. Making one reads no file and no network; <see cref="Parse"/> alone looks
/// whether a folder exists.
/// </remarks>
public sealed class JinaEmbeddingModel : IEquatable<JinaEmbeddingModel>
{
    private JinaEmbeddingModel(string name, string? directory, string? repository, string? revision, int? dimensions)
    {
        Name = name;
        DirectoryPath = directory;
        Repository = repository;
        Revision = revision;
        Dimensions = dimensions;
    }

    /// <summary>Gets jina-embedding-s-en-v1: 35 million parameters, 512 dimensions. The default.</summary>
    public static JinaEmbeddingModel SmallEnV1 { get; } = FromCatalogue(ModelCatalogue.SmallEnV1);

    /// <summary>Gets jina-embedding-b-en-v1: 110 million parameters, 768 dimensions.</summary>
    public static JinaEmbeddingModel BaseEnV1 { get; } = FromCatalogue(ModelCatalogue.BaseEnV1);

    /// <summary>Gets jina-embedding-l-en-v1: 335 million parameters, 1024 dimensions.</summary>
    public static JinaEmbeddingModel LargeEnV1 { get; } = FromCatalogue(ModelCatalogue.LargeEnV1);

    /// <summary>Gets the short name: the catalogue's, <c>org/name</c> of a repository, or the last part of a folder.</summary>
    public string Name { get; }

    /// <summary>Gets the absolute path of the model's folder, or null for a model on the hub.</summary>
    public string? DirectoryPath { get; }

    /// <summary>Gets <c>org/name</c> on the hub, or null for a folder.</summary>
    public string? Repository { get; }

    /// <summary>Gets the commit, branch or tag of <see cref="Repository"/>, or null for a folder.</summary>
    public string? Revision { get; }

    /// <summary>Gets the length of the vectors where it is known without loading: for the catalogue; else null.</summary>
    public int? Dimensions { get; }

    /// <summary>Names a folder that holds a model in Hugging Face layout. It never touches the network.</summary>
    /// <param name="path">The folder; a relative path is taken from the current directory now. It need not exist yet.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or blank.</exception>
    public static JinaEmbeddingModel FromDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var name = Path.GetFileName(full);
        return new(name.Length > 0 ? name : full, full, null, null, null);
    }

    /// <summary>Names a T5 encoder on the Hugging Face hub, e.g. <c>sentence-transformers/sentence-t5-base</c>.</summary>
    /// <param name="repository">The repository, <c>org/name</c>.</param>
    /// <param name="revision">A commit, branch or tag. What moves is resolved to a commit once and recorded.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">One of the two is not a name that the hub could have.</exception>
    public static JinaEmbeddingModel FromHub(string repository, string revision = "main")
    {
        HubName.ThrowIfNotRepository(repository);
        HubName.ThrowIfNotRevision(revision);
        return new(repository, null, repository, revision, ModelCatalogue.Find(repository)?.Dimensions);
    }

    /// <summary>Reads a model as a user writes it.</summary>
    /// <param name="value">
    /// In this order: a catalogue name with or without <c>jinaai/</c>, an existing folder, <c>org/name</c> on the hub.
    /// A folder that is named like one of the others is meant with <c>./</c> before it.
    /// </param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">It is none of these; the message names the nearest known model.</exception>
    public static JinaEmbeddingModel Parse(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (ModelCatalogue.Find(value) is { } known)
        {
            return FromCatalogue(known);
        }

        if (Directory.Exists(value))
        {
            return FromDirectory(value);
        }

        return HubName.IsRepository(value)
            ? FromHub(value)
            : throw new ArgumentException(
                $"No model '{value}'. Did you mean {ModelCatalogue.Nearest(value).Name}? A model is one of {ModelCatalogue.Names}, "
                + "an existing folder in Hugging Face layout, or org/name on the hub.",
                nameof(value));
    }

    /// <inheritdoc/>
    public bool Equals(JinaEmbeddingModel? other) =>
        other is not null
        && Name == other.Name && DirectoryPath == other.DirectoryPath && Repository == other.Repository && Revision == other.Revision;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JinaEmbeddingModel);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, DirectoryPath, Repository, Revision);

    /// <summary>Returns what <see cref="Parse"/> takes: the folder, or else the name.</summary>
    /// <returns>The folder or the name; a revision is not part of it.</returns>
    public override string ToString() => DirectoryPath ?? Name;

    private static JinaEmbeddingModel FromCatalogue(KnownModel model) =>
        new(model.Name, null, model.Repository, model.Revision, model.Dimensions);
}
