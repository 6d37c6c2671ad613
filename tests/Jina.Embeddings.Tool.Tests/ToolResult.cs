using System.Text.Json;

namespace Jina.Embeddings.Tool.Tests;

/// <summary>What a finished run of the tool left.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of stdout, each parsed, of a run that went well and said nothing on stderr.</summary>
    public IReadOnlyList<JsonElement> Json()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, ExitCode);
        return Lines();
    }

    /// <summary>The lines of stdout, each parsed.</summary>
    public IReadOnlyList<JsonElement> Lines() =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Fails unless the run ended so, with one line on stderr that has these words and no stack trace.</summary>
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
