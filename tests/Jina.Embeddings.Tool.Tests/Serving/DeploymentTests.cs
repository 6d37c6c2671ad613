using System.Globalization;
using System.Text.RegularExpressions;
using Jina.Embeddings.Tool.Commands;
using Jina.Embeddings.Tool.Serving;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Tests that the files in <c>deploy</c> and the documentation of <c>serve</c> match the options of the command.</summary>
public sealed partial class DeploymentTests
{
    [Theory]
    [InlineData("deploy/Dockerfile", "CMD [\"serve\"]")]
    [InlineData("deploy/jina-embeddings.service", "ExecStart=/usr/bin/dotnet /opt/jina-embeddings/jina-embeddings.dll serve")]
    public async Task A_file_sets_options_by_variables_that_an_operator_can_replace(string file, string command)
    {
        var help = (await Tool.RunAsync("serve", "--help")).Output;
        var lines = await File.ReadAllLinesAsync(RepositoryFiles.Path(file), TestContext.Current.CancellationToken);
        var variables = lines.Where(line => !line.StartsWith('#'))
            .SelectMany(line => VariablePattern().Matches(line))
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.Contains(command, lines);
        Assert.Equal(["CACHE", "MODEL", "URLS"], variables.Order(StringComparer.Ordinal));
        Assert.All(
            variables.Except(["CACHE"]),
            variable => Assert.Contains($"--{variable.ToLowerInvariant()} ", help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("deploy/jina-embeddings.service", "TimeoutStopSec=")]
    [InlineData("docs/deployment.md", "--stop-timeout ")]
    [InlineData("docs/deployment.md", "`terminationGracePeriodSeconds` | ")]
    public async Task A_service_manager_waits_until_the_server_has_stopped(string file, string setting)
    {
        var text = await File.ReadAllTextAsync(RepositoryFiles.Path(file), TestContext.Current.CancellationToken);
        var match = Regex.Match(text, Regex.Escape(setting) + "([0-9]+)");
        var waits = TimeSpan.FromSeconds(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        var serve = Assert.IsType<ToolCommand>(ServeCommand.Create());
        var needs = serve.TerminationTimeout(serve.Parse([]));

        Assert.True(needs > EmbeddingServer.StopTimeout + ServerTelemetry.FlushTimeout, $"{needs}");
        Assert.True(waits > needs, $"{waits}, but the server needs up to {needs}");
    }

    [Theory]
    [InlineData("/metrics", true)]
    [InlineData("/metrics/", true)]
    [InlineData("/Metrics", true)]
    [InlineData("/v1/models/metrics", false)]
    [InlineData("/metrics2", false)]
    public async Task The_proxy_hides_every_path_of_the_metrics(string path, bool isHidden)
    {
        var config = await File.ReadAllTextAsync(RepositoryFiles.Path("deploy", "nginx.conf"), TestContext.Current.CancellationToken);
        var rule = Regex.Match(config, @"location ~\* (\S+) \{\s+return 404;");

        Assert.True(rule.Success);
        Assert.Equal(isHidden, Regex.IsMatch(path, rule.Groups[1].Value, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
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

    [GeneratedRegex("JINA_EMBEDDINGS_([A-Z_]+)=")]
    private static partial Regex VariablePattern();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex OptionPattern();
}
