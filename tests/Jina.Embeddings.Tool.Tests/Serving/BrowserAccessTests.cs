using System.Net;
using System.Text;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Tests <c>--cors</c> and <c>--allowed-host</c> as a browser would use them.</summary>
public sealed class BrowserAccessTests(OpenServer fixture) : IClassFixture<OpenServer>
{
    private const string Allowed = "Access-Control-Allow-Origin";

    private static readonly string[] Paths = ["v1/embeddings", "v1/models", "", "health", "metrics", "page/page.js", "none"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, OpenServer.Origin)]
    [InlineData(false, "chrome-extension://abcdef")]
    [InlineData(true, OpenServer.Origin)]
    public async Task A_preflight_request_is_answered_on_every_path_without_a_key(bool keyed, string origin)
    {
        foreach (var path in Paths)
        {
            using var response = await PreflightAsync(Server(keyed), path, ("Origin", origin));

            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            Assert.Equal(origin, Value(response, Allowed));
            Assert.Contains("POST", Value(response, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
            Assert.Equal("authorization,content-type,x-stainless-lang", Value(response, "Access-Control-Allow-Headers"));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_of_an_allowed_origin_can_read_responses_and_errors(bool keyed)
    {
        foreach (var path in Paths)
        {
            using var response = await SendAsync(Server(keyed), HttpMethod.Get, path, ("Origin", OpenServer.Origin));

            Assert.Equal(OpenServer.Origin, Value(response, Allowed));
            Assert.Contains("x-request-id", Value(response, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        }

        using var invalid = await SendAsync(Server(keyed), HttpMethod.Post, "v1/embeddings", ("Origin", OpenServer.Origin));
        Assert.Equal(keyed ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest, invalid.StatusCode);
        Assert.Equal(OpenServer.Origin, Value(invalid, Allowed));
    }

    [Theory]
    [InlineData("https://attacker.example")]
    [InlineData("https://app.example.attacker.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example:8443")]
    [InlineData("null")]
    public async Task A_page_of_another_origin_cannot_read_anything(string origin)
    {
        foreach (var path in Paths)
        {
            using var get = await SendAsync(fixture.Keyless, HttpMethod.Get, path, ("Origin", origin));
            using var preflight = await PreflightAsync(fixture.Keyless, path, ("Origin", origin));
            using var keyed = await PreflightAsync(fixture.Keyed, path, ("Origin", origin));

            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (get.StatusCode, preflight.StatusCode));
            Assert.All(new[] { get, preflight, keyed }, response => Assert.False(response.Headers.Contains(Allowed)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_allowed_origin_does_not_allow_another_host(bool keyed)
    {
        foreach (var path in Paths)
        {
            using var get = await SendAsync(
                Server(keyed), HttpMethod.Get, path, ("Origin", OpenServer.Origin), ("Host", "attacker.example"));
            using var preflight = await PreflightAsync(Server(keyed), path, ("Origin", OpenServer.Origin), ("Host", "attacker.example"));

            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (get.StatusCode, preflight.StatusCode));
            Assert.All(new[] { get, preflight }, response => Assert.False(response.Headers.Contains(Allowed)));
            Assert.Contains("--allowed-host", await get.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false, OpenServer.Host, null)]
    [InlineData(false, "EMBEDDINGS.TEST:8080", "http://embeddings.test:8080")]
    [InlineData(false, "localhost", "http://localhost:3000")]
    [InlineData(false, "[2001:db8::1]", "http://[2001:db8::1]:8080")]
    [InlineData(true, "[2001:DB8:0::1]:8080", null)]
    [InlineData(true, OpenServer.Host, "https://attacker.example")]
    [InlineData(true, "127.0.0.1", null)]
    public async Task An_allowed_host_is_answered(bool keyed, string host, string? origin)
    {
        using var response = await SendAsync(Server(keyed), HttpMethod.Get, "health", ("Host", host), ("Origin", origin));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains(Allowed));
    }

    [Fact]
    public async Task With_a_key_every_origin_can_be_allowed()
    {
        await using var server = await ServeProcess.StartAsync("--cors", "*", "--cors", OpenServer.Origin, "--api-key", OpenServer.Key);

        using var response = await SendAsync(server, HttpMethod.Get, "v1/models", ("Origin", "https://any.example"));

        Assert.Equal((HttpStatusCode.Unauthorized, "*"), (response.StatusCode, Value(response, Allowed)));
    }

    private ServeProcess Server(bool keyed) => keyed ? fixture.Keyed : fixture.Keyless;

    private static string Value(HttpResponseMessage response, string header) => Assert.Single(response.Headers.GetValues(header));

    private static Task<HttpResponseMessage> PreflightAsync(
        ServeProcess server, string path, params (string Name, string? Value)[] headers) => SendAsync(
        server,
        HttpMethod.Options,
        path,
        [
            .. headers,
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,x-stainless-lang"),
        ]);

    private static Task<HttpResponseMessage> SendAsync(
        ServeProcess server, HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("{", Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return server.Client.SendAsync(request, Cancellation);
    }
}
