namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Represents the folder of a task's data.</summary>
/// <param name="Path">The path of the folder.</param>
/// <param name="Layout">The index of the data's layout in <see cref="EvalTask.Layouts"/>.</param>
internal sealed record DataFolder(string Path, int Layout)
{
    private const int MostNames = 12;

    /// <summary>The usual name of a folder that contains the folders of several similarity tasks.</summary>
    private const string Group = "STS";

    /// <summary>The levels of STS/STS16-en-test/sts2016-english-with-gs-v1.0, the deepest usual place.</summary>
    private const int Levels = 3;

    /// <summary>
    /// Searches a folder and the folders in it that have one of the task's usual names. They can be in one another and in a folder
    /// named STS.
    /// </summary>
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

        throw new CommandException(
            $"{Problem(task, folder, anyName: true)} Expected, in that folder or in one named {string.Join(", ", task.Folders)}: "
            + $"{string.Join("; or ", task.Layouts.Select(layout => Shortened(layout.Files)))}. docs/quality.md says where to get it.");
    }

    /// <summary>
    /// Returns why a folder with a usual name does not have the data. Without such a folder, the result is null or, if the folder can
    /// have any name, describes the folder itself.
    /// </summary>
    public static string? Problem(EvalTask task, string folder, bool anyName)
    {
        var candidates = Candidates(task, folder, anyName);
        var places =
            from candidate in candidates
            from layout in task.Layouts
            select (Candidate: candidate, Missing: Missing(candidate, layout.Files), layout.Files.Count);
        var partial = places.FirstOrDefault(place => place.Missing.Length < place.Count);
        if (partial.Candidate is not null)
        {
            return $"{partial.Candidate}: The data of {task.Name} is incomplete; missing {Shortened(partial.Missing)}.";
        }

        return candidates is [.., var last] ? $"{last}: The folder has no data of {task.Name}; found {Contents(last)}." : null;
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

    private static List<string> Candidates(EvalTask task, string folder, bool anyName)
    {
        string[] names = [.. task.Folders, Group];
        List<string> candidates = anyName ? [folder] : [.. new[] { folder }.Where(IsUsual)];
        string[] level = [folder];
        for (var depth = 0; depth < Levels; depth++)
        {
            level = [.. level.SelectMany(outer => Inside(outer, names))];
            candidates.AddRange(level.Where(IsUsual));
        }

        return candidates;

        bool IsUsual(string path) => task.Folders.Contains(new DirectoryInfo(path).Name, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Inside(string folder, IReadOnlyList<string> names)
    {
        var directories = new DirectoryInfo(folder).GetDirectories();
        return
            from name in names
            from directory in directories
            where directory.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            select System.IO.Path.Combine(folder, directory.Name);
    }

    private static string[] Missing(string folder, IReadOnlyList<string> files) =>
        [.. files.Where(file => !File.Exists(System.IO.Path.Combine(folder, file)))];

    private static string Shortened(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
