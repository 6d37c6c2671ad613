using System.Diagnostics;

namespace Jina.Packaging.Tests;

/// <summary>Runs the SDK and other programs in the way that a user does.</summary>
internal static class Dotnet
{
    /// <summary>Runs a program and returns its output. The test fails with the output if the exit code is not 0.</summary>
    public static async Task<string> RunAsync(
        string program, string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var (exitCode, output, error) = await RunToEndAsync(program, folder, environment, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}: {output}{error}");
        return output;
    }

    /// <summary>Runs a program that must fail, and returns its error output.</summary>
    public static async Task<string> FailAsync(
        string program, string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var (exitCode, output, error) = await RunToEndAsync(program, folder, environment, arguments);
        Assert.True(exitCode != 0, $"{program} {string.Join(' ', arguments)} did not fail: {output}{error}");
        return error;
    }

    /// <summary>Returns the start information of a program. Both output streams are redirected.</summary>
    public static ProcessStartInfo Start(
        string program, string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        // A build server that outlives the test would keep the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunToEndAsync(
        string program, string folder, Dictionary<string, string> environment, string[] arguments)
    {
        using var process = Process.Start(Start(program, folder, environment, arguments))!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
