namespace Jina.Extensions.AI;

/// <summary>Represents one entry of the model cache: a commit of a repository, an interrupted download, or generated graphs.</summary>
public sealed record CachedModel
{
    internal CachedModel(string repository, string? commit, string directoryPath, long bytes)
    {
        Repository = repository;
        Commit = commit;
        DirectoryPath = directoryPath;
        Bytes = bytes;
    }

    /// <summary>
    /// Gets the repository, <c>org/name</c>. For the files that were generated for a model in a read-only directory (its graph, and
    /// links to or copies of its weights), it is <c>graphs</c>. Those files are generated again when they are needed.
    /// </summary>
    public string Repository { get; init; }

    /// <summary>Gets the commit, or <see langword="null"/> for graphs and for interrupted downloads.</summary>
    public string? Commit { get; init; }

    /// <summary>Gets the absolute path of the directory.</summary>
    public string DirectoryPath { get; init; }

    /// <summary>Gets the size of all files in the directory, including generated files.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets a value indicating whether every file of the model is present.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Gets a value indicating whether the catalog or a recorded revision refers to this commit.</summary>
    public bool IsNeeded { get; init; }
}
