using System.Globalization;

namespace RagConsole.Tests.Updating;

/// <summary>Changes the files and folders in a folder at random, as editors, people and version control do.</summary>
internal sealed class RandomChanges(string root, int seed)
{
    private static readonly string[] Subjects = ["rain gauge", "wind vane", "dome", "battery", "mast", "sensor", "console", "cable"];
    private static readonly string[] Extensions = [".md", ".txt", ".html", ".markdown", ".bak"];

    private readonly Random _random = new(seed);
    private int _number;

    /// <summary>Makes one change.</summary>
    public void Next()
    {
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories);
        var folders = Directory.GetDirectories(root, "*", SearchOption.AllDirectories);
        switch (_random.Next(14))
        {
            case < 4:
                File.WriteAllText(NewPath(folders, Pick(Extensions)), CreateText());
                break;
            case 4 when files.Length > 0:
                File.AppendAllText(Pick(files), $"\nOne more line about the {Pick(Subjects)}.\n");
                break;
            case 5 when files.Length > 0:
                File.WriteAllText(Pick(files), CreateText());
                break;
            case 6 when files.Length > 0:
                Replace(Pick(files));
                break;
            case 7 when files.Length > 0:
                File.Move(Pick(files), NewPath(folders, Pick(Extensions)));
                break;
            case 8 when Array.FindAll(files, IsText) is { Length: > 0 } texts:
                // A binary file in the place of a text is not moved, because the passages of the text would stay.
                File.Move(Pick(texts), Pick(files), overwrite: true);
                break;
            case 9 when files.Length > 0:
                File.Delete(Pick(files));
                break;
            case 10:
                Directory.CreateDirectory(NewPath(folders, ""));
                break;
            case 11 when folders.Length > 0:
                Move(Pick(folders), NewPath(folders, _random.Next(4) == 0 ? ".md" : ""));
                break;
            case 12 when folders.Length > 4:
                Directory.Delete(Pick(folders), recursive: true);
                break;
            default:
                CreateFolderWithFiles(NewPath(folders, ""));
                break;
        }
    }

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];

    private string NewPath(string[] folders, string extension)
    {
        var folder = folders.Length > 0 && _random.Next(3) > 0 ? Pick(folders) : root;
        var name = string.Create(CultureInfo.InvariantCulture, $"{(_random.Next(12) == 0 ? "." : "")}n{_number++}{extension}");
        return Path.Combine(folder, name);
    }

    private string CreateText() => _random.Next(10) switch
    {
        0 => " \n",
        1 => "",
        _ => string.Concat(Enumerable.Range(0, _random.Next(1, 12)).Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"# Part {line}\n\nThe {Pick(Subjects)} of station {_random.Next(1000)} is checked by {Pick(Subjects)} {_number}.\n\n"))),
    };

    /// <summary>Saves as many editors do: into another file that then takes the place of the first.</summary>
    private void Replace(string file)
    {
        var temporary = $"{file}~";
        File.WriteAllText(temporary, CreateText());
        File.Move(temporary, file, overwrite: true);
    }

    private static bool IsText(string file) => !File.ReadAllBytes(file).Contains((byte)0);

    private static void Move(string folder, string target)
    {
        if (!target.StartsWith($"{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        {
            Directory.Move(folder, target);
        }
    }

    private void CreateFolderWithFiles(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "deep"));
        File.WriteAllText(Path.Combine(folder, "a.md"), CreateText());
        File.WriteAllText(Path.Combine(folder, "deep", "b.txt"), CreateText());
        File.WriteAllBytes(Path.Combine(folder, "deep", "binary.pdf"), [0, 1, 2]);
    }
}
