using System.Diagnostics;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>How the commands that read texts line by line behave between the programs of a pipe.</summary>
public sealed class StreamingTests
{
    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    public async Task A_bad_line_of_JSON_fails_after_the_lines_before_it(string command)
    {
        var result = await Tool.RunWithInputAsync("\"good\"\n{\"txt\":1}\n\"never read\"\n", command, "--model", Tool.DemoModel, "--jsonl");

        result.AssertFailed(1, "stdin, line 2", "found an object without a string \"text\"", "expected a JSON string");
        Assert.Single(result.Lines());
    }

    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    public async Task A_text_is_answered_before_the_next_one_is_written(string command)
    {
        using var process = Tool.Start(command, "--model", Tool.DemoModel);
        foreach (var text in (string[])["first", "second"])
        {
            await process.StandardInput.WriteLineAsync(text);
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    public async Task When_nobody_reads_on_it_ends_in_silence(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows gives a closed pipe no error that .NET would pass on.");
        using var process = Tool.Start(command, "--model", Tool.DemoModel);
        await process.StandardInput.WriteLineAsync("first");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        process.StandardOutput.Close();

        // stdin stays open: only the closed stdout can end it.
        await process.StandardInput.WriteLineAsync("second");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    public async Task Ctrl_C_ends_it_in_silence_while_it_waits_for_input(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        using var process = Tool.Start(command, "--model", Tool.DemoModel);
        await process.StandardInput.WriteLineAsync("first");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
