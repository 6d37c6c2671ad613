using System.Text.RegularExpressions;
using Jina.Testing;

namespace RagConsole.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("ask", "--help")]
    public async Task Help_shows_examples(params string[] args)
    {
        var run = await RagProcess.RunAsync(args);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("jina-rag ask \"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_examples_of_the_help_find_their_answer_with_the_demo_model()
    {
        (string File, string Text)[] answers =
        [
            ("rain-gauge.md", "Clean the gauge every three months"),
            ("troubleshooting.md", "two mast units use one number"),
            ("decisions/0060-parse-documents-in-a-child-process.md", "The heap of the child process has a limit of 1 GB"),
        ];
        var help = await RagProcess.RunAsync(["--help"]);
        var questions = Regex.Matches(help.Output, @"jina-rag ask ""(?<question>[^""]+)""(?<options>.*)");

        // The others are about files of the user.
        Assert.True(questions.Count > answers.Length);
        foreach (var (example, answer) in questions.Zip(answers))
        {
            var options = example.Groups["options"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var run = await RagProcess.RunAsync(
                ["ask", example.Groups["question"].Value, "--model", "demo", .. options], workingDirectory: RepositoryFiles.Path());

            Assert.Equal(0, run.ExitCode);
            Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
            var first = run.Output.Split('\n').First(line => line.Contains(".md", StringComparison.Ordinal));
            Assert.Contains(answer.File, first, StringComparison.Ordinal);
            Assert.Contains(answer.Text, run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        "The model 'jina-embedding-x-en-v1' was not found. Did you mean jina-embedding-",
        "ask", "rain", "--model", "jina-embedding-x-en-v1")]
    [InlineData("--top expects a whole number of at least 1.", "ask", "rain", "--top", "0")]
    [InlineData("--top expects a whole number of at least 1.", "ask", "rain", "--top", "many")]
    [InlineData("Required argument missing for option: '--model'.", "ask", "rain", "--model")]
    [InlineData("--queries expects the name of a file in qrels without .tsv, such as train.", "evaluate", ".", "--queries", "../train")]
    [InlineData("--queries expects the name of a file in qrels without .tsv, such as train.", "evaluate", ".", "--queries", "")]
    [InlineData("The question is empty.", "ask", " ")]
    [InlineData("Required argument missing for command: 'ask'.", "ask")]
    [InlineData("Unrecognized command or argument 'gauge'.", "ask", "rain", "gauge")]
    [InlineData("Unrecognized command or argument '--dcos'.", "ask", "rain", "--dcos")]
    [InlineData("--context expects a number of lines.", "ask", "rain", "--context", "-1")]
    [InlineData("--path expects a pattern such as 'docs/**/*.md'.", "ask", "rain", "--path", "/")]
    [InlineData("--json and --json-lines exclude each other. Omit one of them.", "ask", "rain", "--json", "--json-lines")]
    [InlineData("A collection needs a name that is not empty.", "ingest", ".", "--collection", " ")]
    [InlineData("Required argument missing for command: 'forget'.", "forget")]
    public async Task Invalid_usage_is_reported_in_one_line_and_exits_with_2(string message, params string[] args)
    {
        var run = await RagProcess.RunAsync(args);

        Assert.Equal((2, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: {message}", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_missing_folder_exits_with_1() =>
        await AssertFailsAsync("error: The folder missing does not exist.", "ask", "rain", "--docs", "missing");

    [Fact]
    public async Task A_folder_without_text_exits_with_1()
    {
        using var folder = new TemporaryFolder();

        await AssertFailsAsync($"error: Found no text to read in {folder.Path}.", "ask", "rain", "--docs", folder.Path);
    }

    [Fact]
    public async Task A_model_that_is_not_available_exits_with_1()
    {
        var run = await RagProcess.RunAsync(["ask", "rain", "--model", "jina-embedding-b-en-v1"]);

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        var line = Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains("'jina-embeddings pull jina-embedding-b-en-v1'", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_model_exits_with_1()
    {
        using var folder = new TemporaryFolder();

        await AssertFailsAsync($"error: {folder.Path}", "ask", "rain", "--model", folder.Path);
    }

    /// <summary>Asserts that the program fails with one line after the line with the model.</summary>
    private static async Task AssertFailsAsync(string message, params string[] args)
    {
        var run = await RagProcess.RunAsync(args);

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        var lines = run.Error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Model: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(message, lines[1], StringComparison.Ordinal);
    }
}
