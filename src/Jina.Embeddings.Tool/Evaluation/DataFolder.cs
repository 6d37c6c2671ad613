namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Where a task's data lies.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Form">Which of the task's forms it has.</param>
internal sealed record DataFolder(string Path, int Form)
{
    private const int MostNames = 12;

    /// <summary>Looks in a folder and in those of its folders that have one of the task's usual names.</summary>
    /// <param name="task">The task.</param>
    /// <param name="folder">The folder that the user named.</param>
    /// <param name="anyName">Whether that folder is taken whatever its name: some tasks have the same names of files.</param>
    public static DataFolder? Find(EvalTask task, string folder, bool anyName) => Candidates(task, folder, anyName)
        .SelectMany(candidate => task.Forms.Index().Select(form => (Candidate: candidate, form.Index, form.Item.Files)))
        .Where(place => Missing(place.Candidate, place.Files).Length == 0)
        .Select(place => new DataFolder(place.Candidate, place.Index))
        .FirstOrDefault();

    /// <exception cref="CommandException">The folder has no data of the task.</exception>
    public static DataFolder Require(EvalTask task, string folder)
    {
        ThrowIfNoFolder(folder);
        if (Find(task, folder, anyName: true) is { } found)
        {
            return found;
        }

        var partial = Candidates(task, folder, anyName: true)
            .SelectMany(candidate => task.Forms.Select(form => (Candidate: candidate, Missing: Missing(candidate, form.Files), form.Files.Count)))
            .FirstOrDefault(place => place.Missing.Length < place.Count);
        var problem = partial.Candidate is null
            ? $"{folder}: There is no data of {task.Name}; found {Contents(folder)}."
            : $"{partial.Candidate}: The data of {task.Name} lacks {Shortened(partial.Missing)}.";
        throw new CommandException(
            $"{problem} Expected, in that folder or in one named {string.Join(", ", task.Folders)}: "
            + $"{string.Join("; or ", task.Forms.Select(form => Shortened(form.Files)))}. docs/quality.md says where to get it.");
    }

    /// <exception cref="CommandException">There is no such folder.</exception>
    public static void ThrowIfNoFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"{folder}: There is no such folder. Give --data the folder of the data, or one that holds it.");
        }
    }

    /// <summary>Lists what a folder holds, for a message.</summary>
    public static string Contents(string folder) =>
        Shortened([.. Directory.EnumerateFileSystemEntries(folder).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal)!]) is { Length: > 0 } names ? names : "nothing";

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

    private static string[] Missing(string folder, IReadOnlyList<string> files) => [.. files.Where(file => !File.Exists(System.IO.Path.Combine(folder, file)))];

    private static string Shortened(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
