using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>A server without keys rejects requests of other sites, which a browser on the same machine would send.</summary>
public sealed class OriginTests(KeylessServer fixture) : IClassFixture<KeylessServer>
{
    private static readonly string[] Paths = ["v1/embeddings", "v1/models", "", "health", "metrics", "page/page.js", "none"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("attacker.example")]
    [InlineData("attacker.example:8080")]
    [InlineData("localhost.attacker.example")]
    [InlineData("127.0.0.1.attacker.example")]
    [InlineData("192.168.1.7:8080")]
    [InlineData("0.0.0.0")]
    [InlineData("[2001:db8::1]")]
    [InlineData("xn--lcalhost-n4a")]
    public async Task A_request_for_another_host_is_rejected_on_every_path(string host)
    {
        foreach (var path in Paths)
        {
            await AssertRejectedAsync(path, $"The header Host is '{host}'", ("Host", host));
        }
    }

    [Theory]
    [InlineData("https://attacker.example")]
    [InlineData("http://localhost.attacker.example:8080")]
    [InlineData("http://localhost@attacker.example")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("chrome-extension://localhost")]
    [InlineData("http://192.168.1.7")]
    [InlineData("http://localhost, https://attacker.example")]
    [InlineData("nonsense")]
    public async Task A_request_of_a_page_of_another_site_is_rejected(string origin)
    {
        foreach (var path in Paths)
        {
            await AssertRejectedAsync(path, $"The header Origin is '{origin}'", ("Origin", origin));
        }
    }

    [Theory]
    [InlineData("localhost", null)]
    [InlineData("LOCALHOST:1234", null)]
    [InlineData("127.0.0.1:80", null)]
    [InlineData("127.8.9.10", null)]
    [InlineData("[::1]:8080", null)]
    [InlineData(null, "http://localhost:3000")]
    [InlineData("localhost:8080", "http://localhost:8080")]
    [InlineData(null, "https://127.0.0.1:8443")]
    [InlineData("127.0.0.1", "http://[::1]:3000")]
    public async Task Requests_of_this_machine_are_answered(string? host, string? origin)
    {
        using var response = await SendAsync(fixture.Server, "v1/embeddings", ("Host", host), ("Origin", origin));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task With_a_key_a_reverse_proxy_can_forward_the_host_and_origin_of_its_clients()
    {
        await using var server = await ServeProcess.StartAsync("--api-key", "a-key-of-this-test");

        using var response = await SendAsync(
            server, "v1/embeddings", ("Host", "embeddings.example.com"), ("Origin", "https://app.example"),
            ("Authorization", "Bearer a-key-of-this-test"));
        using var unauthorized = await SendAsync(server, "v1/embeddings", ("Host", "embeddings.example.com"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (response.StatusCode, unauthorized.StatusCode));
    }

    private async Task AssertRejectedAsync(string path, string begin, params (string Name, string? Value)[] headers)
    {
        using var response = await SendAsync(fixture.Server, path, headers);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("origin_not_allowed", error.GetProperty("code").GetString());
        Assert.StartsWith(begin, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("JINA_EMBEDDINGS_API_KEY", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(response.Headers.GetValues("x-request-id"));
    }

    private static Task<HttpResponseMessage> SendAsync(ServeProcess server, string path, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (path == "v1/embeddings")
        {
            request.Method = HttpMethod.Post;
            request.Content = JsonContent.Create(new { input = "a" });
        }

        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return server.Client.SendAsync(request, Cancellation);
    }
}
