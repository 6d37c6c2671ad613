using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Nothing is collected for anybody: ONNX Runtime would, into the user's cache.</summary>
public sealed class TelemetryTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("1", false)]
    [InlineData("0", true)]
    public async Task The_runtime_collects_nothing_unless_the_user_wants_it(string? variable, bool collects)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Where the runtime keeps what it collects is known for Linux only.");
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["HOME"] = home.Path, ["XDG_CACHE_HOME"] = "", ["DOTNET_CLI_HOME"] = home.Path };
        if (variable is not null)
        {
            environment["ORT_DISABLE_TELEMETRY"] = variable;
        }

        var result = await Tool.RunAsync(environment, "similarity", "a", "b", "--json", "--model", Tool.DemoModel);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(collects, Directory.EnumerateFiles(home.Path, "onnxruntime.db", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Any());
    }
}
