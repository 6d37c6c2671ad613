namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Represents the folder of a task's data.</summary>
/// <param name="Path">The path of the folder.</param>
/// <param name="Layout">The index of the data's layout in <see cref="EvalTask.Layouts"/>.</param>
internal sealed record DataFolder(string Path, int Layout)
{
    private const int MostNames = 12;

    /// <summary>Searches a folder, and those of its folders that have one of the task's usual names.</summary>
    /// <param name="task">The task.</param>
    /// <param name="folder">The folder that the user named.</param>
    /// <param name="anyName">Whether that folder may have any name. Some tasks have the same file names.</param>
    public static DataFolder? Find(EvalTask task, string folder, bool anyName) => Candidates(task, folder, anyName)
        .SelectMany(candidate => task.Layouts.Index().Select(layout => (Candidate: candidate, layout.Index, layout.Item.Files)))
        .Where(place => Missing(place.Candidate, place.Files).Length == 0)
        .Select(place => new DataFolder(place.Candidate, place.Index))
        .FirstOrDefault();

    /// <exception cref="CommandException">The folder does not contain the task's data.</exception>
    public static DataFolder Require(EvalTask task, string folder)
    {
        ThrowIfMissing(folder);
        if (Find(task, folder, anyName: true) is { } found)
        {
            return found;
        }

        var places =
            from candidate in Candidates(task, folder, anyName: true)
            from layout in task.Layouts
            select (Candidate: candidate, Missing: Missing(candidate, layout.Files), layout.Files.Count);
        var partial = places.FirstOrDefault(place => place.Missing.Length < place.Count);
        var problem = partial.Candidate is null
            ? $"{folder}: The folder has no data of {task.Name}; found {Contents(folder)}."
            : $"{partial.Candidate}: The data of {task.Name} is incomplete; missing {Shortened(partial.Missing)}.";
        throw new CommandException(
            $"{problem} Expected, in that folder or in one named {string.Join(", ", task.Folders)}: "
            + $"{string.Join("; or ", task.Layouts.Select(layout => Shortened(layout.Files)))}. docs/quality.md says where to get it.");
    }

    /// <exception cref="CommandException">The folder does not exist.</exception>
    public static void ThrowIfMissing(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandException(
                $"{folder}: The folder does not exist. Give --data the folder of the data, or a folder that contains it.");
        }
    }

    /// <summary>Lists the names in a folder for a message.</summary>
    public static string Contents(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(folder).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal);
        return Shortened([.. names!]) is { Length: > 0 } list ? list : "nothing";
    }

    private static IEnumerable<string> Candidates(EvalTask task, string folder, bool anyName)
    {
        var own = new DirectoryInfo(folder);
        if (anyName || task.Folders.Contains(own.Name, StringComparer.OrdinalIgnoreCase))
        {
            yield return folder;
        }

        var inside = own.GetDirectories();
        foreach (var name in task.Folders)
        {
            foreach (var named in inside.Where(directory => directory.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                yield return System.IO.Path.Combine(folder, named.Name);
            }
        }
    }

    private static string[] Missing(string folder, IReadOnlyList<string> files) =>
        [.. files.Where(file => !File.Exists(System.IO.Path.Combine(folder, file)))];

    private static string Shortened(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
