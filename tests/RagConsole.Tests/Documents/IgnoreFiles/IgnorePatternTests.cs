using System.Diagnostics;
using System.Text;
using Jina.Testing;
using RagConsole.Documents.IgnoreFiles;

namespace RagConsole.Tests.Documents.IgnoreFiles;

/// <summary>Compares patterns with <c>git check-ignore</c>.</summary>
public sealed class IgnorePatternTests : IDisposable
{
    private static readonly string[] Patterns =
    [
        "*.md", "/a.md", "docs/", "docs", "docs/a.md", "/docs/*.md", "**/a.md", "docs/**", "a/**/b", "*.m?", "foo/*",
        "b/", "/b", "*/b", "a/b/",
        "[ab].md", "[!a].md", "[^a].md", "[a-c].md", "[c-a].md", "[a-]*", "[]-]b", "[!]a]*", "[\\]x]*", "[a\\-c].md",
        "[[:digit:]]*",
        "[[:alpha:]]*", "[![:upper:]]*.md", "[[:no:]]*", "[[:alpha:]", "[", "[]", "[a-", "[a", "a[/]b", "a[!x]b",
        "\\!x.md", "\\#x.md", "#x.md", "x\\ ", "x ", "x\\ .md", "x\\  ", "x  ", " a.md", "x.md\t", "a\\", "\\a.md",
        "fo\\*o", "\\", "*\\",
        "A.MD", "{a,b}.md", "?", "??", "*", "/*", "**", "**/", "/**", "/**/x", "**/foo/**", "a**b", "foo**/bar",
        "***/a.md", "a/**/", "*/**/b",
        "a//b", "/", "//", "a/../b", "./a.md", "!a.md", "!", "!/", "", "  ", "(a|b).md", "a.md$", "^a.md", "a+b",
        "gr\u00fcn.md", "*\u00fc*",
    ];

    private static readonly string[] Paths =
    [
        "a.md", "b.md", "c.md", "docs/a.md", "docs/sub/a.md", "a/b", "a/x/b", "a/x/y/b", "foo/bar", "foo/baz",
        "foo/bar/q", "!x.md", "#x.md",
        "x ", "x", "x .md", "a1.md", "1", "a-b", "]b", "-b", "axxb", "b/c", "fo*o", "foo", "A.MD", "{a,b}.md",
        "z/foo/q", "foox/bar", "y/x/z",
        "a.MD", " a.md", "]x", "docs/docs/z", "ab/x", "x.md\t", "x.md", "\\a.md", "a\\", "(a|b).md", "a+b",
        "gr\u00fcn.md", "a.md$", "^a.md",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Each_pattern_ignores_the_same_files_as_in_Git() => AssertEqualsGit(Patterns);

    [Fact]
    public void Random_lists_of_patterns_ignore_the_same_files_as_in_Git()
    {
        var random = new Random(1);
        AssertEqualsGit([.. Enumerable.Range(0, 100).Select(_ => string.Join('\n', Enumerable.Range(0, random.Next(2, 6)).Select(_ =>
            (random.Next(3) == 0 ? "!" : "") + (random.Next(2) == 0 ? CreatePattern(random) : Patterns[random.Next(Patterns.Length)]))))]);
    }

    [Fact]
    public void A_pattern_of_stars_takes_linear_time()
    {
        var pattern = IgnorePattern.Parse(string.Concat(Enumerable.Repeat("*a", 100)))!;

        Assert.False(pattern.Matches(new string('a', 99), isFolder: false));
        Assert.True(pattern.Matches(new string('a', 200), isFolder: false));
        Assert.Null(IgnorePattern.Parse(string.Concat(Enumerable.Repeat("*a", 2000))));
        Assert.Null(IgnorePattern.Parse(new string('a', 5000)));
    }

    public void Dispose() => _folder.Dispose();

    private static string CreatePattern(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6))
        .Select(_ => (string[])["a", "b", "x", "/", "*", "**", "?", "[a-b]", "[!a]", ".md", "foo", "docs", "\\*"])
        .Select(parts => parts[random.Next(parts.Length)]));

    private static void SkipWithoutGit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems reject some of the names.");
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["--version"]) { RedirectStandardOutput = true })!;
            git.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Git is not installed.");
        }
    }

    /// <summary>Compares lists of patterns. Each list is in its own folder, so that one call of Git is enough.</summary>
    private void AssertEqualsGit(string[] lists)
    {
        SkipWithoutGit();
        RunGit(["init", "-q"], "");
        File.WriteAllText(_folder.File(".git/info/exclude"), "");
        foreach (var (number, list) in lists.Index())
        {
            Directory.CreateDirectory(_folder.File($"{number}"));
            File.WriteAllText(_folder.File($"{number}/.gitignore"), $"{list}\n");
        }

        // The files do not exist, so that Git takes all of them for files.
        var input = string.Concat(lists.Index().SelectMany(list => Paths.Select(path => $"{list.Index}/{path}\0")));
        var ignored = RunGit(["-c", "core.excludesFile=", "check-ignore", "-z", "--no-index", "--stdin"], input).Split('\0').ToHashSet();
        Assert.True(ignored.Count > lists.Length);
        foreach (var (number, list) in lists.Index())
        {
            var patterns = list.Split('\n').Select(IgnorePattern.Parse).OfType<IgnorePattern>().Reverse().ToList();
            foreach (var path in Paths)
            {
                Assert.Equal((list, path, ignored.Contains($"{number}/{path}")), (list, path, IsIgnored(patterns, path)));
            }
        }
    }

    /// <summary>Determines whether a file or one of the folders above it is ignored.</summary>
    private static bool IsIgnored(List<IgnorePattern> list, string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (Decide(path[..end], isFolder: true))
            {
                return true;
            }
        }

        return Decide(path, isFolder: false);

        bool Decide(string part, bool isFolder) =>
            list.FirstOrDefault(pattern => pattern.Matches(part, isFolder)) is { IsNegated: false };
    }

    private string RunGit(string[] arguments, string input)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output;
    }
}
