using System.Diagnostics;
using Jina.Testing;

namespace AgentRag.Tests;

/// <summary>The whole program, run as a user runs it: offline, in a folder of its own that holds no database.</summary>
internal sealed record AgentProcess(int ExitCode, string Output, string Error)
{
    private static readonly string[] ChatVariables = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"];

    public static async Task<AgentProcess> RunAsync(string[] args, string? chatAddress = null)
    {
        using var folder = new TemporaryFolder();
        var start = DotnetProgram.Of(BuildOutput.Of("AgentRag.dll", "samples", "AgentRag"), args);
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
