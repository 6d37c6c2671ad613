using System.Text.RegularExpressions;
using Jina.Testing;

namespace Jina.SemanticKernel.Tests.Documentation;

public sealed class SnippetTests
{
    [Fact]
    public void Every_snippet_of_the_page_is_code_that_these_tests_compile()
    {
        var page = File.ReadAllText(RepositoryFiles.Path("docs", "semantic-kernel.md"));
        var code = string.Concat(Directory
            .EnumerateFiles(RepositoryFiles.Path("tests", "Jina.SemanticKernel.Tests", "Documentation"), "*.cs")
            .Select(file => WithoutIndentation(File.ReadAllText(file))));

        var snippets = Regex.Matches(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToList();

        Assert.True(snippets.Count > 8);
        Assert.All(snippets, snippet => Assert.Contains(WithoutIndentation(snippet), code, StringComparison.Ordinal));
    }

    private static string WithoutIndentation(string text) => string.Concat(text.Split('\n').Select(line => line.Trim() + "\n")).TrimEnd('\n') + "\n";
}
