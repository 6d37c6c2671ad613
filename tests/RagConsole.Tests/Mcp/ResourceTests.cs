using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace RagConsole.Tests.Mcp;

/// <summary>Tests the resources of the MCP server.</summary>
[Collection(McpGroup.Name)]
public sealed class ResourceTests(McpServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Indexed_files_are_listed_read_and_completed()
    {
        var client = servers.Clients["stdio"];
        await client.CallAsync("search", ("query", "rain"));
        var resources = await client.ListResourcesAsync(cancellationToken: Token);
        var template = Assert.Single(await client.ListResourceTemplatesAsync(cancellationToken: Token));
        var wind = resources.Single(resource => resource.Name == "wind.txt");

        var read = await client.ReadResourceAsync(wind.Uri, cancellationToken: Token);
        var lines = await client.ReadResourceAsync($"{wind.Uri}?start=3&count=1", cancellationToken: Token);
        var path = $"{servers.Folder.TrimStart('/')}/more/b";
        var completed = await client.CompleteAsync(
            new ResourceTemplateReference { Uri = template.UriTemplate }, "path", path, cancellationToken: Token);

        Assert.StartsWith("The anemometer turns", Text(read), StringComparison.Ordinal);
        Assert.Equal("Oil the bearing of the anemometer twice a year.", Text(lines));
        Assert.Equal([$"{path}attery.markdown"], completed.Completion.Values);
    }

    [Theory]
    [InlineData("jina-rag:///etc/passwd")]
    [InlineData("jina-rag:///FOLDER/%2e%2e/secret.md")]
    [InlineData("jina-rag:///FOLDER/wind.txt?start=0")]
    [InlineData("file:///etc/passwd")]
    public async Task Other_resources_are_rejected(string uri) =>
        await Assert.ThrowsAsync<McpProtocolException>(async () => await servers.Clients["stdio"].ReadResourceAsync(
            uri.Replace("FOLDER", servers.Folder.TrimStart('/'), StringComparison.Ordinal), cancellationToken: Token));

    private static string Text(ReadResourceResult result) => Assert.IsType<TextResourceContents>(Assert.Single(result.Contents)).Text;
}
