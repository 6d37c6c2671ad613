using System.Text.RegularExpressions;
using Xunit;

namespace Jina.Testing;

/// <summary>The code that a page of the documentation shows.</summary>
public static class DocumentedCode
{
    /// <summary>
    /// Asserts that every C# snippet of a page stands, indentation aside, in the sources of a folder of tests, which compile and
    /// run it.
    /// </summary>
    /// <param name="page">The page, as a path inside the repository.</param>
    /// <param name="tests">The folder, as a path inside the repository.</param>
    /// <param name="snippets">How many snippets the page has at least.</param>
    /// <param name="runElsewhere">How many of them, from the first on, other tests take from the page and run.</param>
    public static void AssertCompiled(string page, string tests, int snippets, int runElsewhere = 0)
    {
        var code = string.Concat(Directory.EnumerateFiles(RepositoryFiles.Path(tests), "*.cs").Select(file => WithoutIndentation(File.ReadAllText(file))));

        var shown = Regex.Matches(File.ReadAllText(RepositoryFiles.Path(page)), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToList();

        Assert.True(shown.Count >= snippets, $"{page} has {shown.Count} snippets; expected at least {snippets}.");
        Assert.All(shown.Skip(runElsewhere), snippet => Assert.Contains(WithoutIndentation(snippet), code, StringComparison.Ordinal));
    }

    private static string WithoutIndentation(string text) => string.Concat(text.Split('\n').Select(line => line.Trim() + "\n")).TrimEnd('\n') + "\n";
}
