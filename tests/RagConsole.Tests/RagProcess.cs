using System.Diagnostics;
using Jina.Testing;

namespace RagConsole.Tests;

/// <summary>Represents a run of the program as a user starts it.</summary>
internal sealed record RagProcess(int ExitCode, string Output, string Error)
{
    private static readonly string[] ChatVariables = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"];

    /// <summary>
    /// Runs the program with an empty cache. Without a hub address it is offline, and without a chat address it does not have a
    /// chat model.
    /// </summary>
    public static async Task<RagProcess> RunAsync(
        string[] args, string? workingDirectory = null, string? chatAddress = null, string? hubAddress = null, string input = "")
    {
        using var cache = new TemporaryFolder();
        using var process = Start(args, cache, workingDirectory, chatAddress, hubAddress);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new RagProcess(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the program in the same way, for tests that stop it.</summary>
    public static Process Start(
        string[] args, TemporaryFolder cache, string? workingDirectory = null, string? chatAddress = null, string? hubAddress = null)
    {
        var start = DotnetProgram.Of(BuildOutput.Of("RagConsole.dll", "samples", "RagConsole"), args);
        start.RedirectStandardInput = true;
        start.WorkingDirectory = workingDirectory ?? cache.Path;
        start.Environment["JINA_EMBEDDINGS_CACHE"] = cache.Path;
        start.Environment["HF_HUB_OFFLINE"] = hubAddress is null ? "1" : "0";
        foreach (var variable in ChatVariables)
        {
            start.Environment.Remove(variable);
        }

        if (hubAddress is not null)
        {
            start.Environment["HF_ENDPOINT"] = hubAddress;
            start.Environment["HF_HUB_CACHE"] = cache.File("none");
        }

        if (chatAddress is not null)
        {
            start.Environment["OPENAI_API_KEY"] = "none";
            start.Environment["OPENAI_BASE_URL"] = chatAddress;
        }

        return Process.Start(start)!;
    }
}
