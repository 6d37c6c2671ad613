using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("'frob'", "frob")]
    [InlineData("'--modle' is not a command or option here. Did you mean --model?", "embed", "--modle", "x")]
    [InlineData("'tokenise' is not a command or option here. Did you mean tokenize?", "tokenise")]
    [InlineData("'frob' is not a command or option here. See", "frob")]
    [InlineData("'help' is not a command or option here. Did you mean --help?", "help")]
    [InlineData("'sim' is not a command or option here. Did you mean similarity?", "sim")]
    [InlineData("'p' is not a command or option here. See", "p")]
    [InlineData("The model 'frob' was not found. A model is one of", "pack", "frob")]
    [InlineData("--id is 'a b'; expected letters", "pack", "demo", "--id", "a b")]
    [InlineData("--version is 'one'; expected a version such as 1.0.0", "pack", "demo", "--version", "one")]
    [InlineData("'--frobnicate' is not a command or option here. See", "embed", "--frobnicate")]
    [InlineData("'--jsno' is not an option of similarity. Did you mean --json?", "similarity", "a", "b", "--model", "demo", "--jsno")]
    [InlineData("The model 'frob' was not found. A model is one of", "embed", "--model", "frob")]
    [InlineData("/frob does not exist.", "embed", "--model", "frob")]
    [InlineData("'a b' is not a revision", "embed", "--model", "acme/x@a b")]
    [InlineData("Did you mean jina-embedding-s-en-v1?", "embed", "--model", "jina-embeding-s-en-v1")]
    [InlineData("'0'", "tokenize", "--model", "demo", "--max-tokens", "0")]
    [InlineData("'many'", "tokenize", "--model", "demo", "--max-tokens", "many")]
    [InlineData("'maybe'", "embed", "--model", "demo", "--normalize", "maybe")]
    [InlineData("'fp8'; expected fp32 or int8", "embed", "--model", "demo", "--precision", "fp8")]
    [InlineData("'fp8'", "similarity", "a", "b", "--model", "demo", "--precision", "fp8")]
    [InlineData("either --model or --random", "bench", "--model", "demo", "--random", "s")]
    [InlineData("'xl'; expected s, b, l", "bench", "--random", "xl")]
    [InlineData("'fp8'", "bench", "--model", "demo", "--precision", "fp8")]
    [InlineData("'0'", "bench", "--model", "demo", "--runs", "0")]
    [InlineData("'-1'", "bench", "--model", "demo", "--threads", "-1")]
    [InlineData("'x'", "bench", "--model", "demo", "--count", "x")]
    public async Task Wrong_usage_is_one_line_and_exit_code_2(string words, params string[] arguments)
    {
        var result = await Tool.RunAsync([.. arguments.Select(argument => argument == "demo" ? Tool.DemoModel : argument)]);

        Assert.Equal("", result.Output);
        result.AssertFailed(2, words);
    }

    [Theory]
    [InlineData("similarity", "a", "b", "--model", "demo", "--precision", "FP32")]
    [InlineData("similarity", "a", "b", "--model", "demo", "--precision", "Fp32")]
    [InlineData("eval", "STSB-Dev", "--model", "demo", "--data", "none")]
    [InlineData("eval", "Seed-Table", "--model", "demo", "--data", "none", "--published", "S")]
    public async Task Values_of_options_ignore_case(params string[] arguments)
    {
        var result = await Tool.RunAsync([.. arguments.Select(argument => argument == "demo" ? Tool.DemoModel : argument)]);

        Assert.NotEqual(2, result.ExitCode);
    }

    [Fact]
    public async Task Without_arguments_the_help_is_printed()
    {
        var bare = await Tool.RunAsync();

        Assert.Equal((0, ""), (bare.ExitCode, bare.Error));
        Assert.Equal((await Tool.RunAsync("--help")).Output, bare.Output);
    }

    [Theory]
    [InlineData("info")]
    [InlineData("tokenize")]
    [InlineData("embed")]
    [InlineData("bench")]
    [InlineData("similarity", "a", "b")]
    [InlineData("serve", "--urls", "http://127.0.0.1:0")]
    public async Task The_default_model_is_that_of_the_library(params string[] arguments)
    {
        using var cache = new TemporaryFolder();
        var environment = new Dictionary<string, string>
        {
            ["JINA_EMBEDDINGS_CACHE"] = cache.Path,
            ["HF_HUB_CACHE"] = cache.File("none"),
        };

        (await Tool.RunAsync(environment, arguments)).AssertFailed(1, new JinaEmbeddingOptions().Model.Name, cache.Path);
    }

    [Fact]
    public async Task Redirected_tables_have_no_trailing_blanks()
    {
        var outputs = new[]
        {
            await Tool.RunAsync("info", "--model", Tool.DemoModel),
            await Tool.RunAsync("similarity", "rain", "a long text that is not as short as the other one", "--model", Tool.DemoModel),
        };

        Assert.All(outputs, result => Assert.Equal((0, ""), (result.ExitCode, result.Error)));
        Assert.All(outputs.SelectMany(result => result.Output.Split('\n')), line => Assert.Equal(line.TrimEnd(), line));
        Assert.Contains("╭", outputs[1].Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Borders_are_ASCII_if_the_locale_is_not_UTF8()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no locale variables.");
        var environment = new Dictionary<string, string> { ["LC_ALL"] = "en_US.ISO-8859-1" };

        var table = await Tool.RunAsync(environment, "similarity", "rain", "snow", "--model", Tool.DemoModel);

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("|---+", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('?', table.Output);
    }

    [Fact]
    public async Task Control_characters_in_names_are_escaped()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("demo\u001b[31m\u202ered");
        Directory.CreateSymbolicLink(model, Tool.DemoModel);

        var table = await Tool.RunAsync("info", "--model", model);
        var json = await Tool.RunAsync("info", "--model", model, "--json");
        var missing = await Tool.RunAsync("info", "--model", model + "\u0007");
        var similarity = await Tool.RunAsync("similarity", "a\u001b]0;x\u0007", "b\u202ec\td", "--model", Tool.DemoModel);
        var similarityJson = await Tool.RunAsync("similarity", "a\u001b", "b\u202e\u2066👩‍🔬", "--json", "--model", Tool.DemoModel);

        Assert.Contains(@"demo\u001b[31m\u202ered", table.Output, StringComparison.Ordinal);
        Assert.Equal(Path.GetFileName(model), Assert.Single(json.Json()).GetProperty("model").GetString());
        missing.AssertFailed(1, @"\u001b[31m\u202ered\u0007");
        Assert.Contains(@"a\u001b]0;x\u0007", similarity.Output, StringComparison.Ordinal);
        Assert.Contains(@"b\u202ec d", similarity.Output, StringComparison.Ordinal);
        Assert.Equal("b\u202e\u2066👩‍🔬", Assert.Single(similarityJson.Json()).GetProperty("texts")[1].GetString());
        Assert.All(
            [table, json, missing, similarity, similarityJson],
            result => Assert.DoesNotContain(result.Output + result.Error, character => character is '\u001b' or '\u0007' or '\u202e'));
    }

    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    [InlineData("info")]
    [InlineData("bench")]
    public async Task A_missing_model_is_a_failure(string command)
    {
        using var folder = new TemporaryFolder();

        (await Tool.RunAsync(command, "--model", folder.File("none"))).AssertFailed(1, folder.File("none"), "does not exist");
        (await Tool.RunAsync(command, "--model", folder.Path)).AssertFailed(1, folder.Path, "missing");
    }

    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    public async Task A_missing_input_file_is_a_failure(string command)
    {
        using var folder = new TemporaryFolder();

        var missing = await Tool.RunAsync(command, "--model", Tool.DemoModel, "--input", folder.File("none.txt"));
        missing.AssertFailed(1, folder.File("none.txt"), "does not exist");
        (await Tool.RunAsync(command, "--model", Tool.DemoModel, "--input", folder.Path)).AssertFailed(1, folder.Path, "folder");
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_a_failure()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs a device that is always full.");
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", "echo x | dotnet \"$0\" tokenize --model \"$1\" > /dev/full", Tool.Program, Tool.DemoModel },
            RedirectStandardError = true,
        })!;
        var error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        new ToolResult(shell.ExitCode, "", error).AssertFailed(1, "stdout: ");
    }

    [Fact]
    public async Task Two_commands_append_to_one_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell.");
        using var folder = new TemporaryFolder();
        using var shell = System.Diagnostics.Process.Start("sh", [
            "-c", "(for text in a b; do echo $text | dotnet \"$0\" tokenize --model \"$1\"; done; echo end) > \"$2\"",
            Tool.Program, Tool.DemoModel, folder.File("out")]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        var lines = File.ReadAllLines(folder.File("out"));
        Assert.Equal(3, lines.Length);
        Assert.Equal("end", lines[2]);
    }

    [Theory]
    [InlineData("tokenize")]
    [InlineData("embed")]
    [InlineData("similarity")]
    [InlineData("info")]
    [InlineData("eval")]
    [InlineData("bench")]
    [InlineData("serve")]
    public async Task Help_describes_each_command_with_examples(string command)
    {
        var help = await Tool.RunAsync(command, "--help");

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains("--model", help.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Contains($"jina-embeddings {command} ", help.Output, StringComparison.Ordinal);
        Assert.Contains(command, (await Tool.RunAsync("--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        var version = await Tool.RunAsync("--version");

        Assert.Equal(0, version.ExitCode);
        Assert.Matches(@"\A\d+\.\d+\.\d+\S*\n\z", version.Output);
    }
}
