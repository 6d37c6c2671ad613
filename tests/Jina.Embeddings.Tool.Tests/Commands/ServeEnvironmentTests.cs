using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Tests the environment variables that set the options of <c>serve</c>.</summary>
public sealed partial class ServeEnvironmentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Variables_set_the_options()
    {
        using var folder = new TemporaryFolder();
        var copy = DemoModelCopy.To(folder);
        await using var server = await ServeProcess.StartAsync(new Dictionary<string, string>
        {
            ["JINA_EMBEDDINGS_MODEL"] = $"{Tool.DemoModel}, {copy}",
            ["JINA_EMBEDDINGS_URLS"] = "http://127.0.0.1:0",
            ["JINA_EMBEDDINGS_THREADS"] = "1",
            ["JINA_EMBEDDINGS_STRICT_MODEL"] = "True",
            ["JINA_EMBEDDINGS_MAX_INPUTS"] = " 2 ",
            ["JINA_EMBEDDINGS_CORS"] = "https://app.example,https://other.example",
            ["JINA_EMBEDDINGS_ALLOWED_HOST"] = "embeddings.test",
        });
        server.Client.DefaultRequestHeaders.Host = "embeddings.test";
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Origin", "https://other.example");

        var models = await server.Client.GetFromJsonAsync<JsonElement>("v1/models", Cancellation);
        using var many = await server.Client.PostAsJsonAsync("v1/embeddings", new { input = new[] { "a", "b", "c" } }, Cancellation);

        Assert.Equal(2, models.GetProperty("data").GetArrayLength());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, many.StatusCode);
        Assert.Equal("https://other.example", Assert.Single(many.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task The_command_line_takes_precedence()
    {
        var environment = new Dictionary<string, string> { ["JINA_EMBEDDINGS_MAX_INPUTS"] = "1", ["JINA_EMBEDDINGS_THREADS"] = "none" };
        await using var server = await ServeProcess.StartAsync(environment, "--max-inputs", "2", "--threads", "1");

        using var two = await server.Client.PostAsJsonAsync("v1/embeddings", new { input = new[] { "a", "b" } }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, two.StatusCode);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS")]
    [InlineData("JINA_EMBEDDINGS_URLS", "ASPNETCORE_URLS")]
    public async Task The_first_variable_of_addresses_is_used(string used, string ignored)
    {
        await using var server = await ServeProcess.StartAsync(new Dictionary<string, string>
        {
            [used] = "http://127.0.0.1:0/",
            [ignored] = "8443",
        });

        // Without a variable, the address has the default port.
        Assert.StartsWith("http://127.0.0.1:", server.Address, StringComparison.Ordinal);
        Assert.NotEqual(8080, new Uri(server.Address).Port);
    }

    [Fact]
    public async Task Variables_of_Kubernetes_and_empty_variables_are_ignored()
    {
        await using var server = await ServeProcess.StartAsync(new Dictionary<string, string>
        {
            ["JINA_EMBEDDINGS_PORT"] = "tcp://10.0.0.1:8080",
            ["JINA_EMBEDDINGS_SERVICE_HOST"] = "10.0.0.1",
            ["JINA_EMBEDDINGS_QUEUE"] = "",
            ["JINA_EMBEDDINGS_STRICT_MODEL"] = "0",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
        });

        using var answer = await server.Client.PostAsJsonAsync("v1/embeddings", new { model = "other", input = "a" }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("JINA_EMBEDDINGS_THREADS", "0", "JINA_EMBEDDINGS_THREADS is '0'; expected an integer from 1")]
    [InlineData("JINA_EMBEDDINGS_STRICT_MODEL", "yes", "JINA_EMBEDDINGS_STRICT_MODEL is 'yes'; expected true or false")]
    [InlineData("JINA_EMBEDDINGS_PRECISION", "fp16", "JINA_EMBEDDINGS_PRECISION is 'fp16'; expected fp32 or int8")]
    [InlineData("JINA_EMBEDDINGS_QUEUE", "10", "--queue (JINA_EMBEDDINGS_QUEUE) is 10; expected at least --max-inputs")]
    [InlineData("JINA_EMBEDDINGS_MAX_BODY", "2000000000", "--max-body (JINA_EMBEDDINGS_MAX_BODY) is 2000000000; expected at most")]
    [InlineData("JINA_EMBEDDINGS_CORS", "*", "--cors (JINA_EMBEDDINGS_CORS) is *, but no API key is set")]
    [InlineData("JINA_EMBEDDINGS_CORS", "https://app.example,app", "JINA_EMBEDDINGS_CORS is 'app'")]
    [InlineData("JINA_EMBEDDINGS_URLS", "https://127.0.0.1:1", "JINA_EMBEDDINGS_URLS is 'https://127.0.0.1:1'")]
    [InlineData("JINA_EMBEDDINGS_URLS", "http://127.0.0.1:0,http://127.0.0.1:1", "with semicolons between several")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:80a", "ASPNETCORE_URLS is 'http://127.0.0.1:80a'; expected http://HOST:PORT")]
    [InlineData("ASPNETCORE_URLS", "http://+:80", "http://+:80 can be reached from other machines, but no API key is set")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector'; expected http://HOST:PORT")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json'; expected grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "10s", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT is '10s'; expected milliseconds from 1")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "key", "OTEL_EXPORTER_OTLP_HEADERS is 'key'; expected NAME=VALUE")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "zip", "OTEL_EXPORTER_OTLP_METRICS_COMPRESSION is 'zip'; expected none or gzip")]
    public async Task A_wrong_variable_is_wrong_usage(string name, string value, string words)
    {
        var environment = new Dictionary<string, string> { [name] = value };

        var result = await Tool.RunAsync(environment, "serve", "--model", Tool.DemoModel);

        Assert.Equal("", result.Output);
        result.AssertFailed(2, words);
    }

    [Fact]
    public async Task A_variable_with_two_models_of_one_name_is_wrong_usage()
    {
        var environment = new Dictionary<string, string> { ["JINA_EMBEDDINGS_MODEL"] = $"{Tool.DemoModel},{Tool.DemoModel}" };

        (await Tool.RunAsync(environment, "serve")).AssertFailed(2, "--model (JINA_EMBEDDINGS_MODEL) gives 2 models with the name");
    }

    [Fact]
    public async Task Help_and_other_commands_do_not_read_the_variables()
    {
        var environment = new Dictionary<string, string> { ["JINA_EMBEDDINGS_THREADS"] = "0", ["JINA_EMBEDDINGS_PRECISION"] = "fp16" };

        Assert.Equal(0, (await Tool.RunAsync(environment, "serve", "--help")).ExitCode);
        Assert.Equal(0, (await Tool.RunAsync(environment, "similarity", "a", "b", "--model", Tool.DemoModel)).ExitCode);
    }

    [Fact]
    public async Task A_port_of_a_variable_that_is_in_use_is_a_failure()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://{taken.LocalEndpoint}" };

        (await Tool.RunAsync(environment, "serve", "--model", Tool.DemoModel)).AssertFailed(
            1, $"{taken.LocalEndpoint}", "in use", "--urls (JINA_EMBEDDINGS_URLS)");
    }

    [Fact]
    public async Task The_table_of_the_options_has_every_variable()
    {
        var help = (await Tool.RunAsync("serve", "--help")).Output;
        var page = await File.ReadAllTextAsync(RepositoryFiles.Path("docs", "cli.md"), Cancellation);
        var names = OptionPattern().Matches(help)
            .Select(match => $"JINA_EMBEDDINGS_{match.Groups[1].Value.ToUpperInvariant().Replace('-', '_')}")
            .Distinct()
            .ToList();

        Assert.True(names.Count >= 15, string.Join(' ', names));
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    /// <summary>Matches an option at the begin of a line of the help, except for those of every command.</summary>
    [GeneratedRegex("(?m)^ +--((?!help|version)[a-z-]+)")]
    private static partial Regex OptionPattern();
}
