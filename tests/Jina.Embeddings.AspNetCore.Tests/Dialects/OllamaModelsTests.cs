using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Jina.Embeddings.AspNetCore.Tests.Dialects;

public sealed class OllamaModelsTests(DialectFixture fixture) : IClassFixture<DialectFixture>
{
    [Fact]
    public async Task Models_are_listed_with_a_tag()
    {
        var model = Assert.Single((await fixture.Server.GetAsync("/api/tags")).Body.GetProperty("models").EnumerateArray());

        Assert.Equal(("demo-en:latest", "demo-en:latest"), (model.Text("name"), model.Text("model")));
        Assert.Matches("^[0-9a-f]{64}$", model.Text("digest"));
        Assert.InRange(model.GetProperty("modified_at").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);
        Assert.Equal(0, model.GetProperty("size").GetInt64());
        Assert.Equal("t5", model.GetProperty("details").Text("family"));
        Assert.Equal("""["embedding"]""", model.GetProperty("capabilities").GetRawText());
    }

    [Theory]
    [InlineData("""{"model": "demo-en"}""")]
    [InlineData("""{"model": "demo-en:latest", "verbose": true}""")]
    [InlineData("""{"name": "demo-en"}""")]
    [InlineData("""{"Name": "demo-en"}""")]
    [InlineData("""{"model": "any"}""")]
    public async Task A_model_is_described(string body)
    {
        var model = (await fixture.Server.PostToAsync("/api/show", body)).Body;

        var info = model.GetProperty("model_info");
        Assert.Equal("t5", info.Text("general.architecture"));
        Assert.Equal(512, info.GetProperty("t5.context_length").GetInt32());
        Assert.Equal(DemoModel.Dimensions, info.GetProperty("t5.embedding_length").GetInt32());
        Assert.Equal("""["embedding"]""", model.GetProperty("capabilities").GetRawText());
        Assert.Equal(("", ""), (model.Text("template"), model.Text("parameters")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"model": ""}""")]
    [InlineData("""{"model": null, "name": ""}""")]
    public async Task A_description_needs_a_name(string body) => Assert.StartsWith(
        "The field 'model' is missing.",
        (await fixture.Server.PostToAsync("/api/show", body)).Ollama(HttpStatusCode.BadRequest),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("/api/embed", """{"model": "none", "input": "x"}""")]
    [InlineData("/api/embed", """{"model": "none", "input": []}""")]
    [InlineData("/api/embeddings", """{"model": "none", "prompt": "x"}""")]
    [InlineData("/api/show", """{"model": "none"}""")]
    public async Task An_unknown_model_of_a_strict_server_is_not_found(string path, string body)
    {
        await using var server = await TestServer.StartAsync(options => options.StrictModel = true, map: DialectFixture.MapAll);

        var answer = await server.PostToAsync(path, body);

        Assert.Equal("Model 'none' not found. Available models: demo-en.", answer.Ollama(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_model_is_running_when_it_is_loaded()
    {
        await using var server = await TestServer.StartAsync(map: app => app.MapOllamaEmbeddings());

        var before = await server.GetAsync("/api/ps");
        await server.PostToAsync("/api/embed", """{"input": "x"}""");
        var after = await server.GetAsync("/api/ps");

        Assert.Equal("""{"models":[]}""", before.Text);
        var model = Assert.Single(after.Body.GetProperty("models").EnumerateArray());
        Assert.Equal(("demo-en:latest", 512), (model.Text("name"), model.GetProperty("context_length").GetInt32()));
        Assert.True(model.GetProperty("expires_at").GetDateTimeOffset() > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task The_version_is_one_that_clients_can_compare() =>
        Assert.Matches(@"^\d+\.\d+\.\d+$", (await fixture.Server.GetAsync("/api/version")).Body.Text("version"));

    [Theory]
    [InlineData("/")]
    [InlineData("/api/tags")]
    [InlineData("/api/version")]
    public async Task HEAD_is_answered_without_a_body(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await fixture.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_root_says_that_Ollama_is_running()
    {
        var answer = await fixture.Server.GetAsync("/");

        Assert.Equal((HttpStatusCode.OK, "Ollama is running"), (answer.Status, answer.Text));
        Assert.StartsWith("text/plain", answer.Header("Content-Type"), StringComparison.Ordinal);
    }
}
