using System.Text.RegularExpressions;
using Jina.Testing;

namespace Jina.Architecture.Tests.Documentation;

/// <summary>Checks that the pages of the documentation are short, linked and up to date.</summary>
public sealed partial class PageTests
{
    private static readonly string[] Pages =
    [
        .. Directory.EnumerateFiles(RepositoryFiles.Root, "*.md"),
        .. Directory.EnumerateFiles(RepositoryFiles.Path("docs"), "*.md", SearchOption.AllDirectories),
        RepositoryFiles.Path("models", "demo-en", "README.md"),
    ];

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        var broken = from page in Pages
                     from link in Link().Matches(WithoutCode(File.ReadAllText(page)))
                     let target = link.Groups["target"].Value
                     where !target.Contains(':', StringComparison.Ordinal) && !Exists(page, target)
                     select $"{Path.GetRelativePath(RepositoryFiles.Root, page)}: {target}";

        AssertNone(broken);
    }

    [Theory]
    [InlineData("docs")]
    [InlineData("docs/decisions")]
    public void An_index_links_every_page_of_its_folder(string folder)
    {
        var index = File.ReadAllText(RepositoryFiles.Path(folder, "README.md"));
        var pages = Directory.EnumerateFiles(RepositoryFiles.Path(folder), "*.md")
            .Select(Path.GetFileName)
            .Where(page => page != "README.md");

        Assert.All(pages, page => Assert.Contains($"({page})", index, StringComparison.Ordinal));
    }

    [Fact]
    public void The_README_has_at_most_200_lines() => Assert.InRange(File.ReadLines(RepositoryFiles.Path("README.md")).Count(), 20, 200);

    [Fact]
    public void The_architecture_page_has_at_most_1200_words() =>
        Assert.InRange(File.ReadAllText(Architecture).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 200, 1200);

    [Fact]
    public void Every_type_on_the_architecture_page_exists()
    {
        var declared = SourceFolders.Sources(RepositoryFiles.Path("src"))
            .SelectMany(source => Declaration().Matches(File.ReadAllText(source)))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet();
        var missing = TypeName().Matches(File.ReadAllText(Architecture))
            .Select(match => match.Groups["name"].Value)
            .Distinct()
            .Except(ForeignNames)
            .Where(name => !declared.Contains(name));

        AssertNone(missing);
    }

    private static string Architecture { get; } = RepositoryFiles.Path("docs", "architecture.md");

    /// <summary>The names on the page that are not types of ours.</summary>
    private static string[] ForeignNames { get; } = ["GeneratedEmbeddings", "ArrowTests"];

    /// <summary>Asserts that a sequence is empty, and reports all of its items otherwise.</summary>
    private static void AssertNone(IEnumerable<string> texts) => Assert.True(!texts.Any(), string.Join('\n', texts));

    private static bool Exists(string page, string target)
    {
        var (file, heading) = target.Split('#') is [var path, var anchor] ? (path, anchor) : (target, null);
        var full = file.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, file);
        return heading is null
            ? File.Exists(full) || Directory.Exists(full)
            : File.Exists(full) && AnchorsOf(full).Contains(heading);
    }

    /// <summary>Returns the anchors that GitHub gives to the headings of a page.</summary>
    private static IEnumerable<string> AnchorsOf(string page) => Heading()
        .Matches(WithoutCode(File.ReadAllText(page)))
        .Select(match => NotInAnchors().Replace(match.Groups["text"].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    private static string WithoutCode(string text) => CodeBlock().Replace(text, string.Empty);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"\b(class|struct|record( class| struct)?|interface|enum) (?<name>\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"`(?<name>[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*(?<!Async))(\.[A-Za-z]+)?`")]
    private static partial Regex TypeName();
}
