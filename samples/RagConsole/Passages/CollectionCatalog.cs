using System.Globalization;
using RagConsole.Documents;
using RagConsole.Output;

namespace RagConsole.Passages;

/// <summary>Adds, renames and removes the named folders of a database.</summary>
internal sealed class CollectionCatalog(PassageStore store)
{
    /// <summary>Longer names would not fit in tables and messages.</summary>
    private const int MaxNameLength = 100;

    /// <summary>Returns why a text cannot be the name of a collection, or null.</summary>
    public static string? FindFault(string name) => name switch
    {
        _ when string.IsNullOrWhiteSpace(name) => "A collection needs a name that is not empty.",
        { Length: > MaxNameLength } => $"The name of a collection has {name.Length} characters; expected at most {MaxNameLength}.",
        _ when Printable.Name(name) != name => $"The name of a collection contains invisible characters: {Printable.Name(name)}.",
        _ => null,
    };

    /// <summary>Finds collections by their names or folders.</summary>
    /// <exception cref="KeyNotFoundException">The database does not have one of the collections.</exception>
    public static IReadOnlyList<FolderCollection> Find(IReadOnlyList<FolderCollection> known, IEnumerable<string> names) =>
        [.. names.Select(name => known.FirstOrDefault(folder => HasName(folder, name) || IsAt(folder, name))
            ?? throw new KeyNotFoundException(CreateUnknownMessage(name, known)))];

    /// <summary>Returns the collection of a folder, which is added or renamed if necessary.</summary>
    /// <param name="root">The absolute path of the folder.</param>
    /// <param name="name">The name. If null, the collection keeps its name, or gets that of the folder.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">Another folder has the name.</exception>
    public async Task<FolderCollection> AddAsync(string root, string? name, CancellationToken cancellationToken)
    {
        var known = await store.ListFoldersAsync(cancellationToken);
        var before = known.Find(folder => folder.Root == root);
        if (before is not null && (name is null || before.Name == name))
        {
            return before;
        }

        if (name is not null && known.Find(folder => folder.Root != root && HasName(folder, name)) is { } other)
        {
            throw new ArgumentException(
                $"The collection {name} is the folder {Printable.Name(other.Root)}. Pass another name with --collection.");
        }

        var folder = (before ?? new FolderCollection { Root = root }) with { Name = name ?? CreateName(root, known) };
        await store.Folders.UpsertAsync(folder, cancellationToken);
        return folder;
    }

    /// <summary>Removes a collection and returns the number of its passages. The files in the folder are not changed.</summary>
    public async Task<int> RemoveAsync(FolderCollection folder, CancellationToken cancellationToken)
    {
        var removed = await store.RemoveAsync(await store.ListFilesAsync(folder.Root, cancellationToken), cancellationToken);
        await store.Folders.DeleteAsync(folder.Root, cancellationToken);
        return removed;
    }

    private static bool IsAt(FolderCollection folder, string path) => path.Length > 0 && folder.Root == DocumentFolder.GetRoot(path);

    private static bool HasName(FolderCollection folder, string name) => folder.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string CreateName(string root, IReadOnlyCollection<FolderCollection> known)
    {
        var name = Printable.Name(Path.GetFileName(root)) is { Length: > 0 } folder ? folder : "root";
        name = name[..Math.Min(name.Length, MaxNameLength - 10)];
        return Enumerable.Range(1, int.MaxValue)
            .Select(number => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"))
            .First(candidate => !known.Any(folder => HasName(folder, candidate)));
    }

    private static string CreateUnknownMessage(string name, IReadOnlyList<FolderCollection> known) => known.Count == 0
        ? $"The database has no collections, so '{name}' was not found. Add a folder with '{Tool.Name} ingest DIR'."
        : $"The database has no collection '{name}'. Its collections are: {string.Join(", ", known.Select(folder => folder.Name))}.";
}
