using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RagConsole.Tests.Mcp;

/// <summary>Tests which requests the MCP server over HTTP answers.</summary>
[Collection(McpGroup.Name)]
public sealed class HttpTests(McpServers servers)
{
    [Theory]
    [InlineData("attacker.example", null, HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.attacker.example", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "https://attacker.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    [InlineData(null, "http://localhost:3000", HttpStatusCode.OK)]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    [InlineData(null, null, HttpStatusCode.OK)]
    public async Task Only_hosts_and_origins_of_this_machine_are_answered(string? host, string? origin, HttpStatusCode expected)
    {
        const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, servers.Address)
        {
            Content = new StringContent(List, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {body}");
        if (expected == HttpStatusCode.Forbidden)
        {
            var message = JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("message").GetString()!;
            Assert.Contains(host ?? origin!, message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("\"search\"", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_port_in_use_is_reported_as_one_line()
    {
        var result = await RagProcess.RunAsync(["mcp", "--model", "demo", "--http", $"{servers.Address.Port}"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"Cannot listen on port {servers.Address.Port}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
