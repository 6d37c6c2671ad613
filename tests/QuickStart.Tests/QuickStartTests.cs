using System.Diagnostics;
using Jina.Testing;

namespace QuickStart.Tests;

/// <summary>Runs the sample that newcomers copy, as a user starts it: in the root of the repository, without a network.</summary>
public sealed class QuickStartTests
{
    private const string Battery = @"0\.\d\d  The battery of the weather station lasts for two winters\.\n";
    private const string Rain = @"0\.\d\d  Empty the rain gauge every morning and write down the amount\.\n";

    [Fact]
    public async Task The_default_question_finds_its_text_first()
    {
        var output = await RunAsync();

        Assert.Matches(@$"^How long does the battery last\?\n{Battery}0\.\d\d  .+\n$", output);
    }

    [Fact]
    public async Task A_question_of_the_user_finds_its_text_first()
    {
        var output = await RunAsync("When", "is", "the", "rain", "gauge", "emptied?");

        Assert.Matches(@$"^When is the rain gauge emptied\?\n{Rain}0\.\d\d  .+\n$", output);
    }

    [Fact]
    public void The_program_is_one_file_of_at_most_60_lines()
    {
        var folder = RepositoryFiles.Path("samples", "QuickStart");

        var file = Assert.Single(Directory.EnumerateFiles(folder, "*.cs"));
        Assert.InRange(File.ReadLines(file).Count(), 1, 60);
    }

    [Fact]
    public void The_documentation_shows_the_program() =>
        DocumentedCode.AssertCompiled("docs/rag.md", "samples/QuickStart", snippets: 1);

    private static async Task<string> RunAsync(params string[] args)
    {
        var start = DotnetProgram.Of(BuildOutput.Of("QuickStart.dll", "samples", "QuickStart"), args);
        start.WorkingDirectory = RepositoryFiles.Root;
        start.Environment["HF_HUB_OFFLINE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (process.ExitCode, await error));
        return await output;
    }
}
