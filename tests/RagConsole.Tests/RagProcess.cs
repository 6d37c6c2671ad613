using System.Diagnostics;

namespace RagConsole.Tests;

/// <summary>The whole program, run as a user runs it.</summary>
internal sealed record RagProcess(int ExitCode, string Output, string Error)
{
    private static readonly string[] ChatVariables = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"];

    /// <summary>Runs it offline, with a cache folder of its own that holds nothing, and without a chat model unless one is given.</summary>
    public static async Task<RagProcess> RunAsync(string[] args, string? workingDirectory = null, string? chatAddress = null)
    {
        using var cache = new Jina.Testing.TemporaryFolder();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RagConsole.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? cache.Path,
            Environment = { ["JINA_EMBEDDINGS_CACHE"] = cache.Path, ["HF_HUB_OFFLINE"] = "1" },
        };
        foreach (var variable in ChatVariables)
        {
            start.Environment.Remove(variable);
        }

        if (chatAddress is not null)
        {
            start.Environment["OPENAI_API_KEY"] = "none";
            start.Environment["OPENAI_BASE_URL"] = chatAddress;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new RagProcess(process.ExitCode, await output, await error);
    }
}
