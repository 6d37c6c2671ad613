using System.Diagnostics;

namespace Jina.Testing;

/// <summary>How a test starts one of the repository's programs.</summary>
public static class DotnetProgram
{
    /// <summary>Returns what starts an assembly with arguments, both output streams redirected.</summary>
    /// <remarks>
    /// A shell that starts the tests in the background makes them ignore SIGINT, and their children with them, which would
    /// then wait for ever for the Ctrl+C that a test sends; GNU's env gives the signal its meaning back.
    /// </remarks>
    public static ProcessStartInfo Of(string assembly, params string[] arguments) => new(
        OperatingSystem.IsLinux() ? "env" : "dotnet",
        OperatingSystem.IsLinux() ? ["--default-signal=INT", "dotnet", assembly, .. arguments] : [assembly, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
