using System.Text.Json;

namespace Jina.Embeddings.Tool.Tests;

/// <summary>Represents the result of a run of the tool.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Returns the parsed lines of stdout. The run must have succeeded without output on stderr.</summary>
    public IReadOnlyList<JsonElement> Json()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, ExitCode);
        return Lines();
    }

    /// <summary>Returns the parsed lines of stdout.</summary>
    public IReadOnlyList<JsonElement> Lines() =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Asserts the exit code, and that stderr is one line with these words and without a stack trace.</summary>
    public void AssertFailed(int exitCode, params string[] words)
    {
        Assert.Equal(exitCode, ExitCode);
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("jina-embeddings: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("should not happen", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
    }
}
