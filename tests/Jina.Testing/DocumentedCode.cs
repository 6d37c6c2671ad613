using System.Text.RegularExpressions;
using Xunit;

namespace Jina.Testing;

/// <summary>Tests the code on pages of the documentation.</summary>
public static class DocumentedCode
{
    /// <summary>
    /// Asserts that every C# snippet of a page is, except for indentation, in the sources of a folder of tests, which compile and
    /// run it.
    /// </summary>
    /// <param name="page">The path of the page in the repository.</param>
    /// <param name="tests">The path of the folder in the repository.</param>
    /// <param name="snippets">The minimum number of snippets on the page.</param>
    /// <param name="runElsewhere">The number of snippets, from the first one, that other tests read from the page and run.</param>
    public static void AssertCompiled(string page, string tests, int snippets, int runElsewhere = 0)
    {
        var code = string.Concat(
            Directory.EnumerateFiles(RepositoryFiles.Path(tests), "*.cs").Select(file => WithoutIndentation(File.ReadAllText(file))));

        var shown = Regex.Matches(File.ReadAllText(RepositoryFiles.Path(page)), "```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.True(shown.Count >= snippets, $"{page} has {shown.Count} snippets; expected at least {snippets}.");
        Assert.All(shown.Skip(runElsewhere), snippet => Assert.Contains(WithoutIndentation(snippet), code, StringComparison.Ordinal));
    }

    private static string WithoutIndentation(string text) =>
        string.Concat(text.Split('\n').Select(line => line.Trim() + "\n")).TrimEnd('\n') + "\n";
}
