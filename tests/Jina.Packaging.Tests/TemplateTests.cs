using System.Net;
using System.Text.RegularExpressions;
using Jina.Testing;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Jina.Packaging.Tests;

/// <summary>Creates apps from the templates, as a user does, and runs them without a network.</summary>
public sealed class TemplateTests : IDisposable
{
    private const string Question = "When is the rain gauge emptied?";

    private readonly PackageFeed _feed;
    private readonly ConsumerFolder _consumer;
    private readonly Dictionary<string, string> _environment;

    public TemplateTests(PackageFeed feed)
    {
        (_feed, _consumer) = (feed, new ConsumerFolder(feed));
        _environment = new()
        {
            ["DOTNET_CLI_HOME"] = _consumer.ToolEnvironment["DOTNET_CLI_HOME"],
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            ["HF_HUB_OFFLINE"] = "1",
            ["TreatWarningsAsErrors"] = "true",
        };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _consumer.Dispose();

    [Fact]
    public async Task The_web_app_answers_without_a_network_after_three_commands()
    {
        await DotnetAsync("new", "install", $"Jina.Templates@{_feed.Version}");
        await DotnetAsync("new", "jina-rag", "--output", "My.Rag-App");
        await using var app = await RunningApp.StartAsync(_consumer.Path, _environment, "run", "--project", "My.Rag-App", "--");

        var page = await app.Http.GetStringAsync(new Uri($"/?q={Uri.EscapeDataString(Question)}", UriKind.Relative), Token);
        var first = Regex.Match(page, """<li id="passage-1"><a href="(?<link>[^"]+)">(?<place>[^<]+)</a>""");
        Assert.Equal("rain-gauge.md:1-11", first.Groups["place"].Value);
        Assert.DoesNotContain("id=\"answer\"", page, StringComparison.Ordinal);

        var link = new Uri(WebUtility.HtmlDecode(first.Groups["link"].Value), UriKind.Relative);
        var file = await app.Http.GetStringAsync(link, Token);
        Assert.Contains("""<li id="L11" class="cited">Empty the cylinder""", file, StringComparison.Ordinal);
        Assert.Contains("""<li id="L12">""", file, StringComparison.Ordinal);

        // A changed file is indexed before the next question, and other files cannot be read.
        await File.WriteAllTextAsync(Path.Combine(_consumer.Path, "My.Rag-App", "Data", "a & b.txt"), "The kite is blue.", Token);
        page = await app.Http.GetStringAsync(new Uri("/?q=Which+color+is+the+kite%3F", UriKind.Relative), Token);
        Assert.Contains("a &amp; b.txt:1-1</a>", page, StringComparison.Ordinal);
        var other = await app.Http.GetAsync(new Uri("/file?name=../Program.cs&from=1&to=1", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        await AssertAnswersAsync(Path.Combine(_consumer.Path, "My.Rag-App"));
    }

    /// <summary>Starts a built app with a chat model, which gets the passages and whose answer reaches the page.</summary>
    private async Task AssertAnswersAsync(string folder)
    {
        await using var chat = await ChatServer.StartStreamingAsync((_, response) => response.WriteAsync(
            """
            data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"delta":{"content":"At seven [1]."}}]}

            data: [DONE]


            """,
            Token));
        var environment = new Dictionary<string, string>(_environment) { ["Chat__Endpoint"] = chat.Address, ["Chat__Model"] = "m" };
        var program = Path.Combine(folder, "bin", "Debug", "net10.0", "My.Rag-App.dll");
        await using var app = await RunningApp.StartAsync(folder, environment, program);

        var query = $"q={Uri.EscapeDataString(Question)}";
        var page = await app.Http.GetStringAsync(new Uri($"/?{query}", UriKind.Relative), Token);
        Assert.Contains("id=\"answer\"", page, StringComparison.Ordinal);
        Assert.Equal("At seven [1].", await app.Http.GetStringAsync(new Uri($"/answer?{query}", UriKind.Relative), Token));
        Assert.Contains("[1] rain-gauge.md:1-11", Assert.Single(chat.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_MCP_server_finds_passages_with_file_and_lines()
    {
        await DotnetAsync("new", "install", $"Jina.Templates@{_feed.Version}");
        await DotnetAsync("new", "jina-mcp", "--output", "Server");
        await DotnetAsync("build", "Server");
        await using var client = await McpClient.CreateAsync(
            new StdioClientTransport(new()
            {
                Command = "dotnet",
                Arguments = [Path.Combine(_consumer.Path, "Server", "bin", "Debug", "net10.0", "Server.dll")],
                EnvironmentVariables = _environment!,
            }),
            cancellationToken: Token);

        Assert.Equal(["search"], (await client.ListToolsAsync(cancellationToken: Token)).Select(tool => tool.Name));
        var result = await client.CallToolAsync(
            "search", new Dictionary<string, object?> { ["query"] = Question }, cancellationToken: Token);

        Assert.StartsWith("[1] rain-gauge.md:1-11\n", Assert.IsType<TextContentBlock>(result.Content[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_is_an_option()
    {
        await DotnetAsync("new", "install", $"Jina.Templates@{_feed.Version}");

        await DotnetAsync("new", "jina-rag", "--output", "Large", "--model", "l");

        string Read(string name) => File.ReadAllText(Path.Combine(_consumer.Path, "Large", name));
        Assert.Contains("AddJinaEmbeddings(JinaEmbeddingModel.LargeEnV1)", Read("Program.cs"), StringComparison.Ordinal);
        Assert.Contains("[VectorStoreVector(JinaEmbeddingDimensions.LargeEnV1)]", Read("Passage.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("DemoModel", Read("Large.csproj"), StringComparison.Ordinal);
    }

    private Task<string> DotnetAsync(params string[] arguments) =>
        Dotnet.RunAsync("dotnet", _consumer.Path, _environment, arguments);
}
