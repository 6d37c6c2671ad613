using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Tests that ONNX Runtime does not collect telemetry in the user's cache.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task The_runtime_does_not_collect_telemetry()
    {
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home.Path,
            ["XDG_CACHE_HOME"] = "",
            ["DOTNET_CLI_HOME"] = home.Path,

            // On build servers the runtime does not collect telemetry anyway.
            ["CI"] = "",
        };

        var result = await Tool.RunAsync(environment, "similarity", "a", "b", "--json", "--model", Tool.DemoModel);

        Assert.Equal(0, result.ExitCode);
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        Assert.Empty(Directory.EnumerateFiles(home.Path, "onnxruntime*", everywhere));
    }
}
