using System.Net;
using System.Text;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Dialects;

/// <summary>Pages of other sites can send plain text and forms without asking. Routes that accept these types reject such pages.</summary>
public sealed class CrossSiteTests(DialectFixture fixture) : IClassFixture<DialectFixture>
{
    private const string Own = "OWN";

    public static TheoryData<string, string> Routes => new()
    {
        { "/api/embed", """{"input": "x"}""" },
        { "/api/embeddings", """{"prompt": "x"}""" },
        { "/api/show", """{"model": "x"}""" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_body_that_is_not_JSON_is_rejected_if_a_page_of_another_site_sends_it(string path, string body)
    {
        foreach (var type in new[] { "text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded", null })
        {
            await AssertRejectedAsync(path, body, type, origin: "https://attacker.example");
            await AssertRejectedAsync(path, body, type, origin: "null");
            await AssertRejectedAsync(path, body, type, origin: "http://localhost:1");
            await AssertRejectedAsync(path, body, type, site: "cross-site");
            await AssertRejectedAsync(path, body, type, origin: Own, site: "cross-site");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task All_other_requests_are_answered(string path, string body)
    {
        await AssertAnsweredAsync(path, body, "text/plain");
        await AssertAnsweredAsync(path, body, "text/plain", origin: Own);
        await AssertAnsweredAsync(path, body, "text/plain", origin: Own, site: "same-origin");
        await AssertAnsweredAsync(path, body, "text/plain", origin: "https://proxy.example", site: "same-origin");
        await AssertAnsweredAsync(path, body, "application/json", origin: "https://app.example", site: "cross-site");
    }

    private async Task AssertRejectedAsync(string path, string body, string? type, string? origin = null, string? site = null)
    {
        var answer = await SendAsync(path, body, type, origin, site);

        Assert.Contains("'Content-Type: application/json'", answer.Ollama(HttpStatusCode.Forbidden), StringComparison.Ordinal);
    }

    private async Task AssertAnsweredAsync(string path, string body, string? type, string? origin = null, string? site = null) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(path, body, type, origin, site)).Status);

    private async Task<Answer> SendAsync(string path, string body, string? type, string? origin, string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (origin is not null)
        {
            var own = $"http://{fixture.Server.Client.BaseAddress!.Authority}";
            request.Headers.TryAddWithoutValidation("Origin", origin == Own ? own : origin);
        }

        if (site is not null)
        {
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        }

        using var response = await fixture.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
