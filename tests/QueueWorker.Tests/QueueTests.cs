using System.Diagnostics;
using System.Text.RegularExpressions;
using Jina.Testing;

namespace QueueWorker.Tests;

public sealed class QueueTests
{
    [Fact]
    public async Task Workers_and_servers_that_are_killed_lose_and_double_nothing()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("JINA_TEST_QUEUE") == "1",
            "Set JINA_TEST_QUEUE=1. This test needs Python, nats-server, and PostgreSQL with pgvector.");
        string[] arguments =
        [
            RepositoryFiles.Path("tools", "scale", "queue", "run.py"), "--messages", "2000", "--kill-every", "1",
            "--tool", BuildOutput.Of("jina-embeddings.dll", "src", "Jina.Embeddings.Tool"),
            "--worker", BuildOutput.Of("QueueWorker.dll", "samples", "QueueWorker"),
        ];

        var (exitCode, output, error) = await RunAsync(new ProcessStartInfo("python3", arguments));

        Assert.Equal((0, ""), (exitCode, exitCode == 0 ? "" : error));
        Assert.Matches(@"lost +0\noutdated +0\ndoubled +0\n", output);
    }

    [Fact]
    public async Task Wrong_arguments_are_reported_in_one_line()
    {
        var start = DotnetProgram.Of(BuildOutput.Of("QueueWorker.dll", "samples", "QueueWorker"), "publish");

        var (exitCode, output, error) = await RunAsync(start);

        Assert.Equal((2, "", "error: Expected no arguments, or 'publish FILE'.\n"), (exitCode, output, error));
    }

    [Theory]
    [InlineData("Queue__BatchSize", "0", "Queue:BatchSize is 0; expected at least 1.")]
    [InlineData("Queue__AckWait", "5", "Queue:AckWait is 5.00:00:00; expected 00:00:05 to 01:00:00.")]
    [InlineData("ConnectionStrings__Queue", "nats://127.0.0.1:1", "nats://127.0.0.1:1")]
    public async Task A_setting_that_is_not_valid_is_reported_in_one_line(string variable, string value, string problem)
    {
        var start = DotnetProgram.Of(
            BuildOutput.Of("QueueWorker.dll", "samples", "QueueWorker"), "publish", RepositoryFiles.Path("README.md"));
        start.Environment[variable] = value;

        var (exitCode, output, error) = await RunAsync(start);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Matches($@"\Aerror: [^\n]*{Regex.Escape(problem)}\n\z", error);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
