using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Jina.Testing;

namespace Jina.Packaging.Tests;

/// <summary>Tests the package of the command <c>jina-rag</c>, which is also an MCP server.</summary>
public sealed class RagToolTests(PackageFeed feed)
{
    private const string Initialize = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},
        "clientInfo":{"name":"test","version":"1"}}}
        """;

    [Fact]
    public void The_package_is_a_tool_and_an_MCP_server_with_a_description_for_registries()
    {
        using var archive = ZipFile.OpenRead(feed.File(PackageFeed.RagTool));
        var nuspec = XDocument.Parse(Read(archive, $"{PackageFeed.RagTool}.nuspec"));
        using var server = JsonDocument.Parse(Read(archive, ".mcp/server.json"));

        var types = nuspec.Descendants().Where(element => element.Name.LocalName == "packageType");
        Assert.Equal(["DotnetTool", "McpServer"], types.Select(type => (string?)type.Attribute("name")).Order());
        var root = server.RootElement;
        var package = root.GetProperty("packages")[0];
        var version = XDocument.Load(RepositoryFiles.Path("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Equal((PackageFeed.RagTool, version, version), (Of(package, "identifier"), Of(package, "version"), Of(root, "version")));
        Assert.Equal("mcp", Of(package.GetProperty("packageArguments")[0], "value"));
        Assert.InRange(Of(root, "description").Length, 40, 100);
        Assert.Contains($"<!-- mcp-name: {Of(root, "name")} -->", Read(archive, "README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tool_installs_and_answers_and_dnx_starts_the_MCP_server()
    {
        using var consumer = new ConsumerFolder(feed);
        var environment = new Dictionary<string, string>(consumer.ToolEnvironment) { ["HF_HUB_OFFLINE"] = "1" };
        string[] install = ["tool", "install", PackageFeed.RagTool, "--tool-path", "tools", "--version", feed.Version];
        await Dotnet.RunAsync("dotnet", consumer.Path, environment, install);
        var docs = Directory.CreateDirectory(Path.Combine(consumer.Path, "docs")).FullName;
        File.WriteAllText(Path.Combine(docs, "rain.html"), "<title>Rain</title><p>Empty the funnel of the rain gauge every morning.");

        // A web page is read in a child process, which the tool starts.
        string[] ask = ["ask", "When is the rain gauge emptied?", "--docs", docs, "--model", "demo"];
        var answer = await Dotnet.RunAsync(Path.Combine(consumer.Path, "tools", "jina-rag"), consumer.Path, environment, ask);
        string[] dnx = ["dnx", "--yes", $"{PackageFeed.RagTool}@{feed.Version}", "--", "mcp", "--model", "demo"];
        var initialized = await AskServerAsync(consumer, environment, dnx);

        Assert.Contains("every morning", answer, StringComparison.Ordinal);
        Assert.Equal("jina-rag", initialized.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
    }

    private static async Task<JsonElement> AskServerAsync(
        ConsumerFolder consumer, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = consumer.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var server = Process.Start(start)!;
        await server.StandardInput.WriteLineAsync(Initialize.ReplaceLineEndings(""));
        var line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        server.StandardInput.Close();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(line!).RootElement;
    }

    private static string Of(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Read(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
