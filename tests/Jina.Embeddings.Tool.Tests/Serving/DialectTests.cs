using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Clients of Ollama and of Text Embeddings Inference get answers from <c>serve</c> without options.</summary>
public sealed class DialectTests(KeylessServer fixture) : IClassFixture<KeylessServer>
{
    private const string Question = "How is the weather?";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_interfaces_return_the_same_vector()
    {
        var cloud = await PostAsync("v1/embeddings", new { input = Question });
        var ollama = await PostAsync("api/embed", new { model = "any", input = Question });
        var older = await PostAsync("api/embeddings", new { model = "any", prompt = Question });
        var inference = await PostAsync("embed", new { inputs = Question });
        var root = await PostAsync("", new { inputs = Question });

        var expected = cloud.GetProperty("data")[0].GetProperty("embedding").GetRawText();
        Assert.Equal(expected, ollama.GetProperty("embeddings")[0].GetRawText());
        Assert.Equal(expected, older.GetProperty("embedding").GetRawText());
        Assert.Equal(expected, inference[0].GetRawText());
        Assert.Equal(expected, root[0].GetRawText());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task Programs_get_the_text_of_Ollama_at_the_root(string? accept)
    {
        using var response = await GetRootAsync(accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Ollama is running", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("Accept", response.Headers.Vary.Single());
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    public async Task Browsers_get_the_page_at_the_root(string accept)
    {
        using var response = await GetRootAsync(accept);

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<html", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("Accept", response.Headers.Vary.Single());
    }

    [Theory]
    [InlineData("api/tags", "error")]
    [InlineData("api/version", "error")]
    [InlineData("info", "error", "error_type")]
    [InlineData("openapi/v1.json", "error")]
    public async Task A_request_of_a_page_of_another_site_is_rejected_in_the_shape_of_the_route(string path, params string[] members)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Origin", "https://attacker.example");

        using var response = await fixture.Server.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(members, body.EnumerateObject().Select(property => property.Name));
        var ofOllama = path.StartsWith("api/", StringComparison.Ordinal);
        Assert.Equal(ofOllama || path == "info", body.GetProperty("error").ValueKind == JsonValueKind.String);
    }

    private async Task<HttpResponseMessage> GetRootAsync(string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await fixture.Server.Client.SendAsync(request, Cancellation);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await fixture.Server.Client.PostAsJsonAsync(path, body, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
