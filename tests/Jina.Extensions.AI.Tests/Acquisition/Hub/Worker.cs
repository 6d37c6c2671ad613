using System.Diagnostics;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Acquisition.Hub;

/// <summary>Starts processes that resolve the model of a fixture.</summary>
internal static class Worker
{
    /// <summary>Gets the path of the program, built with the configuration of these tests.</summary>
    private static string Program
    {
        get
        {
            var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return RepositoryFiles.Path(
                "tests", "Jina.Acquisition.Worker", "bin", framework.Parent!.Name, framework.Name, "Jina.Acquisition.Worker.dll");
        }
    }

    public static Process Start(HubFixture fixture)
    {
        var start = new ProcessStartInfo("dotnet", [Program, fixture.Hub.Repository])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HF_ENDPOINT"] = fixture.Hub.HubAddress;
        start.Environment["JINA_EMBEDDINGS_CACHE"] = fixture.Cache;
        start.Environment["HF_HUB_CACHE"] = fixture.HuggingFaceCache;
        start.Environment.Remove("HF_HUB_OFFLINE");
        start.Environment.Remove("HF_TOKEN");
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of the process and returns its output, which is the model directory.</summary>
    public static async Task<string> FinishAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output.Trim();
    }
}
