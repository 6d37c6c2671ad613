using System.Text.RegularExpressions;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Tests that the files in <c>deploy</c> and the documentation of <c>serve</c> match the options of the command.</summary>
public sealed partial class DeploymentTests
{
    [Theory]
    [InlineData("deploy/Dockerfile")]
    [InlineData("deploy/jina-embeddings.service")]
    public async Task The_command_in_a_file_has_only_options_of_serve(string file)
    {
        var help = (await Tool.RunAsync("serve", "--help")).Output;
        var command = File.ReadLines(RepositoryFiles.Path(file)).Single(line => line.Contains("--model", StringComparison.Ordinal));

        Assert.All(OptionPattern().Matches(command), option => Assert.Contains($"{option.Value} ", help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_option_of_serve_is_documented()
    {
        var help = (await Tool.RunAsync("serve", "--help")).Output;
        var page = await File.ReadAllTextAsync(RepositoryFiles.Path("docs", "cli.md"), TestContext.Current.CancellationToken);
        var options = OptionPattern().Matches(help[..help.IndexOf("Examples:", StringComparison.Ordinal)])
            .Select(match => match.Value)
            .Distinct()
            .Except(["--help"])
            .ToList();

        Assert.True(options.Count >= 11, string.Join(' ', options));
        Assert.All(options, option => Assert.Contains($"`{option}", page, StringComparison.Ordinal));
    }

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex OptionPattern();
}
