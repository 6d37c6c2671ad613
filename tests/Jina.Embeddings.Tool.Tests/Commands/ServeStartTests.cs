using System.Net;
using System.Net.Sockets;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Tests failed starts of <c>serve</c>: one line on stderr, nothing on stdout, and an exit code.</summary>
public sealed class ServeStartTests
{
    [Theory]
    [InlineData("--urls", "http://127.0.0.1:80a", "expected http://HOST:PORT")]
    [InlineData("--urls", "http://127.0.0.1:0,http://127.0.0.1:1", "with semicolons between several")]
    [InlineData("--urls", "https://127.0.0.1:8443", "reverse proxy")]
    [InlineData("--threads", "0", "--threads is '0'")]
    [InlineData("--max-inputs", "many", "--max-inputs is 'many'")]
    [InlineData("--queue", "10", "--queue (JINA_EMBEDDINGS_QUEUE) is 10; expected at least --max-inputs (JINA_EMBEDDINGS_MAX_INPUTS)")]
    [InlineData("--max-memory", "1000000", "--max-memory (JINA_EMBEDDINGS_MAX_MEMORY) is 1000000; expected at least 33669120, or a body")]
    [InlineData("--token-ids", "p50k_base", "--token-ids is 'p50k_base'; expected cl100k_base, o200k_base or model.")]
    [InlineData("--api-key", "short", "API key 0 has 5 characters")]
    [InlineData("--precision", "fp16", "fp32 or int8")]
    [InlineData("--cors", "*", "no API key is set")]
    [InlineData("--cors", "null", "--cors is 'null'; expected SCHEME://HOST")]
    [InlineData("--allowed-host", "embeddings.example:80", "--allowed-host is 'embeddings.example:80'; expected a host name")]
    [InlineData("--log-format", "xml", "--log-format is 'xml'; expected text or json")]
    [InlineData("--port", "8080", "'--port' is not a command or option here")]
    public async Task A_wrong_option_is_wrong_usage(string option, string value, string words) =>
        AssertFailed(await Tool.RunAsync("serve", "--model", Tool.DemoModel, option, value), 2, words);

    [Fact]
    public async Task Two_options_with_addresses_are_wrong_usage() =>
        AssertFailed(
            await Tool.RunAsync("serve", "--model", Tool.DemoModel, "--urls", "http://127.0.0.1:0", "--urls", "http://127.0.0.2:0"),
            2,
            "--urls");

    [Fact]
    public async Task Two_models_with_one_name_are_wrong_usage() =>
        AssertFailed(
            await Tool.RunAsync("serve", "--model", Tool.DemoModel, "--model", Tool.DemoModel), 2, "2 models with the name 'demo-en'");

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://server.example:0")]
    [InlineData("http://127.0.0.1:0;http://192.0.2.1:0")]
    public async Task A_public_address_is_rejected_without_a_key(string urls) =>
        AssertFailed(await Tool.RunAsync("serve", "--model", Tool.DemoModel, "--urls", urls), 2, "JINA_EMBEDDINGS_API_KEY");

    [Fact]
    public async Task An_empty_key_does_not_count() =>
        AssertFailed(
            await Tool.RunAsync(
                new Dictionary<string, string> { ["JINA_EMBEDDINGS_API_KEY"] = " , " },
                ["serve", "--model", Tool.DemoModel, "--urls", "http://0.0.0.0:0"]),
            2,
            "no API key is set");

    [Fact]
    public async Task An_invalid_key_is_never_printed() =>
        Assert.DoesNotContain(
            "sécrét-key",
            (await Tool.RunAsync("serve", "--model", Tool.DemoModel, "--api-key", "sécrét-key")).Error,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_model_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        var cache = new Dictionary<string, string> { ["JINA_EMBEDDINGS_CACHE"] = folder.Path };

        AssertFailed(await Tool.RunAsync("serve", "--model", folder.File("none"), "--urls", "http://127.0.0.1:0"), 1, folder.File("none"));
        AssertFailed(
            await Tool.RunAsync(cache, "serve", "--model", "jina-embedding-s-en-v1", "--urls", "http://127.0.0.1:0"),
            1,
            "jina-embeddings pull jina-embedding-s-en-v1");
    }

    [Fact]
    public async Task A_damaged_model_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        var model = DemoModelCopy.To(folder);
        await File.WriteAllTextAsync(folder.File("config.json"), "{", TestContext.Current.CancellationToken);

        AssertFailed(await Tool.RunAsync("serve", "--model", model, "--urls", "http://127.0.0.1:0"), 1, "config.json");
    }

    [Fact]
    public async Task A_port_in_use_is_a_failure()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        AssertFailed(
            await Tool.RunAsync("serve", "--model", Tool.DemoModel, "--urls", $"http://{taken.LocalEndpoint}"),
            1,
            $"{taken.LocalEndpoint}",
            "in use");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_a_failure() =>
        AssertFailed(
            await Tool.RunAsync("serve", "--model", Tool.DemoModel, "--api-key", "some-long-key", "--urls", "http://192.0.2.1:8080"),
            1,
            "http://192.0.2.1:8080",
            "--urls");

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("file"), "", TestContext.Current.CancellationToken);
        var cache = new Dictionary<string, string>
        {
            ["JINA_EMBEDDINGS_CACHE"] = folder.File("file", "cache"),
            ["HF_HUB_OFFLINE"] = "0",
            ["HF_ENDPOINT"] = "http://127.0.0.1:9",
        };

        AssertFailed(await Tool.RunAsync(cache, "serve", "--model", "org/model", "--urls", "http://127.0.0.1:0"), 1, folder.File("file"));
    }

    private static void AssertFailed(ToolResult result, int exitCode, params string[] words)
    {
        Assert.Equal("", result.Output);
        result.AssertFailed(exitCode, words);
    }
}
