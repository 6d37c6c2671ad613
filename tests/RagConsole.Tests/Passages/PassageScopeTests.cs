using RagConsole.Documents;
using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class PassageScopeTests
{
    private static readonly string[] Names = ["a.md", "docs/b.md", "docs/deep/c.md", "docs/deep/d.txt", "other/docs/e.md"];

    [Theory]
    [InlineData("*.md", "a.md", "docs/b.md", "docs/deep/c.md", "other/docs/e.md")]
    [InlineData("docs/*.md", "docs/b.md")]
    [InlineData("docs/**/*.md", "docs/b.md", "docs/deep/c.md")]
    [InlineData("docs/", "docs/b.md", "docs/deep/c.md", "docs/deep/d.txt", "other/docs/e.md")]
    [InlineData("/docs/deep", "docs/deep/c.md", "docs/deep/d.txt")]
    [InlineData("DOCS/DEEP/C.MD", "docs/deep/c.md")]
    [InlineData("none")]
    public void A_pattern_selects_files_by_their_names(string pattern, params string[] expected) =>
        Assert.Equal(expected, Filter(new PassageScope([], pattern)).Select(file => file.File));

    [Fact]
    public void Roots_select_the_files_of_some_folders()
    {
        Assert.Equal(2 * Names.Length, Filter(PassageScope.All).Count);
        Assert.All(Filter(new PassageScope(["/two"])), file => Assert.Equal("/two", file.Root));
        Assert.Equal(["/two"], Filter(new PassageScope(["/two"], "a.md")).Select(file => file.Root));
    }

    private static List<IngestedFile> Filter(PassageScope scope)
    {
        var files = Names.SelectMany(name => new[] { Create("/one", name), Create("/two", name) });
        return [.. scope.Roots.Count == 0 && scope.Path is not null
            ? scope.Filter(files.Where(file => file.Root == "/one"))
            : scope.Filter(files)];
    }

    private static IngestedFile Create(string root, string name) => new() { Root = root, Source = DocumentEntry.GetSource(root, name) };
}
