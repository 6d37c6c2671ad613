using System.Diagnostics;

namespace Jina.Testing;

/// <summary>Starts programs of the repository for tests.</summary>
public static class DotnetProgram
{
    /// <summary>Returns the start information of an assembly with arguments. Both output streams are redirected.</summary>
    /// <remarks>
    /// If a shell starts the tests in the background, they and their child processes ignore SIGINT, and a test would wait forever after
    /// it sends Ctrl+C. GNU env restores the default handling of the signal.
    /// </remarks>
    public static ProcessStartInfo Of(string assembly, params string[] arguments) => new(
        OperatingSystem.IsLinux() ? "env" : "dotnet",
        OperatingSystem.IsLinux() ? ["--default-signal=INT", "dotnet", assembly, .. arguments] : [assembly, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
