using RagConsole.Documents;

namespace RagConsole.Tests.Documents;

/// <summary>Finds the places of words for assertions.</summary>
internal static class SourceLineAssert
{
    /// <summary>Returns the place in the file of the first occurrence of some words.</summary>
    public static int LineOf(this Document document, string words)
    {
        var index = document.Text.IndexOf(words, StringComparison.Ordinal);
        Assert.True(index >= 0, $"'{words}' is not in '{document.Text}'.");
        return document.Sources![SourceRun.FindIndex(document.Sources, index)].Place;
    }
}
