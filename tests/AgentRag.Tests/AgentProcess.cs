using System.Diagnostics;
using Jina.Testing;

namespace AgentRag.Tests;

/// <summary>Represents a run of the program as a user starts it: offline, in a folder without a database.</summary>
internal sealed record AgentProcess(int ExitCode, string Output, string Error)
{
    private static readonly string[] ChatVariables = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"];

    public static Task<AgentProcess> RunAsync(string[] args, string? chatAddress = null) => RunAsync("AgentRag", args, chatAddress);

    /// <summary>Runs the other sample, which creates databases.</summary>
    public static Task<AgentProcess> RunRagConsoleAsync(params string[] args) => RunAsync("RagConsole", args, chatAddress: null);

    private static async Task<AgentProcess> RunAsync(string sample, string[] args, string? chatAddress)
    {
        using var folder = new TemporaryFolder();
        var start = DotnetProgram.Of(BuildOutput.Of($"{sample}.dll", "samples", sample), args);
        start.WorkingDirectory = folder.Path;
        start.Environment["JINA_EMBEDDINGS_CACHE"] = folder.Path;
        start.Environment["HF_HUB_OFFLINE"] = "1";
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
        return new AgentProcess(process.ExitCode, await output, await error);
    }
}
