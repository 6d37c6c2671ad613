using System.Diagnostics;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Tests commands that read texts line by line in a pipe.</summary>
public sealed class StreamingTests
{
    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    public async Task An_invalid_line_of_JSON_fails_after_the_lines_before_it(string command)
    {
        var result = await Tool.RunWithInputAsync("\"good\"\n{\"txt\":1}\n\"never read\"\n", command, "--model", Tool.DemoModel, "--jsonl");

        result.AssertFailed(1, "stdin, line 2", "found an object without a string \"text\"", "expected a JSON string");
        Assert.Single(result.Lines());
    }

    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    public async Task The_result_of_a_text_is_written_before_the_next_text_is_read(string command)
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
    public async Task A_closed_pipe_ends_the_command_without_output(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, .NET does not report a closed pipe.");
        using var process = Tool.Start(command, "--model", Tool.DemoModel);
        await process.StandardInput.WriteLineAsync("first");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        process.StandardOutput.Close();

        // stdin stays open, so only the closed stdout can end the command.
        await process.StandardInput.WriteLineAsync("second");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("tokenize", "INT")]
    [InlineData("embed", "INT")]
    [InlineData("embed", "TERM")]
    public async Task A_signal_ends_a_command_that_waits_for_input_without_output(string command, string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        using var process = Tool.Start(command, "--model", Tool.DemoModel);
        await process.StandardInput.WriteLineAsync("first");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
