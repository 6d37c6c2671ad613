using System.Diagnostics;
using System.Text;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests;

/// <summary>Runs the built tool as a process, like a script.</summary>
internal static class Tool
{
    public static string DemoModel { get; } = RepositoryFiles.Path("models", "demo-en");

    /// <summary>Gets the path of the tool beside the tests, for shells.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "jina-embeddings.dll");

    /// <summary>Runs the tool until it ends.</summary>
    public static Task<ToolResult> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>Runs the tool until it ends, with UTF-8 on stdin.</summary>
    public static Task<ToolResult> RunWithInputAsync(string input, params string[] arguments) =>
        RunWithInputAsync(Encoding.UTF8.GetBytes(input), arguments);

    /// <summary>Runs the tool until it ends, with environment variables.</summary>
    public static Task<ToolResult> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        RunToEndAsync(Start(arguments, environment), []);

    /// <summary>Runs the tool until it ends, with bytes on stdin.</summary>
    public static Task<ToolResult> RunWithInputAsync(byte[] input, params string[] arguments) => RunToEndAsync(Start(arguments), input);

    public static Process Start(params string[] arguments) => Start(arguments, []);

    /// <summary>Starts the tool with these environment variables and <c>PATH</c> only.</summary>
    public static Process StartWithOnly(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        return Start(start, environment);
    }

    private static async Task<ToolResult> RunToEndAsync(Process process, byte[] input)
    {
        using var running = process;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The tool ended without reading its input, for example after wrong usage.
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolResult(process.ExitCode, await output, await error);
    }

    private static Process Start(string[] arguments, Dictionary<string, string> environment)
    {
        var start = StartInfo(arguments);
        start.Environment["HF_HUB_OFFLINE"] = "1";
        return Start(start, environment);
    }

    private static ProcessStartInfo StartInfo(string[] arguments)
    {
        var start = DotnetProgram.Of(BuildOutput.Of("jina-embeddings.dll", "src", "Jina.Embeddings.Tool"), arguments);
        start.RedirectStandardInput = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return start;
    }

    private static Process Start(ProcessStartInfo start, Dictionary<string, string> environment)
    {
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
