using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

public sealed class ApiKeyTests
{
    private const string First = "first-key-0123456789";
    private const string Second = "second-key-0123456789";

    [Theory]
    [InlineData($"Bearer {First}")]
    [InlineData($"Bearer {Second}")]
    [InlineData($"bearer {Second}")]
    public async Task Each_key_authorizes_every_route(string authorization)
    {
        await using var server = await StartAsync(authorization);

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("""{"input": "x"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v1/models")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync($"/v1/models/{DemoModel.Name}")).Status);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Bearer first-key-012345678", "invalid_api_key")]
    [InlineData("Bearer first-key-0123456789x", "invalid_api_key")]
    [InlineData("Bearer FIRST-KEY-0123456789", "invalid_api_key")]
    [InlineData("Bearer", "invalid_api_key")]
    [InlineData("Bearer ", "invalid_api_key")]
    [InlineData(First, "invalid_api_key")]
    [InlineData($"Basic {First}", "invalid_api_key")]
    [InlineData($"Bearer {First}, Bearer {First}", "invalid_api_key")]
    public async Task Other_keys_are_rejected_before_the_body_is_read(string? authorization, string? code)
    {
        await using var server = await StartAsync(authorization);

        Answer[] answers =
        [
            await server.PostAsync("""{"input": "x", "truncate": true}"""),
            await server.PostAsync("nonsense"),
            await server.GetAsync("/v1/models"),
            await server.GetAsync("/v1/models/x"),
        ];
        foreach (var answer in answers)
        {
            var error = answer.OpenAI(HttpStatusCode.Unauthorized);
            Assert.Equal((code, "Bearer"), (error.GetProperty("code").GetString(), answer.Header("WWW-Authenticate")));
            Assert.DoesNotContain("key-0", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_keys_any_authorization_is_accepted()
    {
        await using var server = await TestServer.StartAsync();
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer whatever");

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("""{"input": "x"}""")).Status);
    }

    private static async Task<TestServer> StartAsync(string? authorization)
    {
        var server = await TestServer.StartAsync(options =>
        {
            options.ApiKeys.Add(First);
            options.ApiKeys.Add(Second);
        });
        if (authorization is not null)
        {
            server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        return server;
    }
}
