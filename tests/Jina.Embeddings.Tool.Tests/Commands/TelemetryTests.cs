using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Nothing is collected for anybody: ONNX Runtime would, into the user's cache.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task The_runtime_collects_nothing()
    {
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home.Path,
            ["XDG_CACHE_HOME"] = "",
            ["DOTNET_CLI_HOME"] = home.Path,

            // On build servers the runtime is silent by itself.
            ["CI"] = "",
        };

        var result = await Tool.RunAsync(environment, "similarity", "a", "b", "--json", "--model", Tool.DemoModel);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(Directory.EnumerateFiles(home.Path, "onnxruntime*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
    }
}
