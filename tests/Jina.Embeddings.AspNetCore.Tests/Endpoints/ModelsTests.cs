using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

public sealed class ModelsTests
{
    [Fact]
    public async Task Models_are_listed_and_found_as_OpenAIs_clients_expect()
    {
        await using var server = await TestServer.StartAsync();

        var list = (await server.GetAsync("/v1/models")).Body;
        var model = (await server.GetAsync("/v1/models/DEMO-EN")).Body;

        Assert.Equal(["object", "data"], list.EnumerateObject().Select(property => property.Name));
        Assert.Equal(model.GetRawText(), Assert.Single(list.GetProperty("data").EnumerateArray()).GetRawText());
        Assert.Equal((DemoModel.Name, "model", "local"), (model.Text("id"), model.Text("object"), model.Text("owned_by")));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.InRange(model.GetProperty("created").GetInt64(), now - 3600, now);
    }

    [Theory]
    [InlineData("jina-embedding-s-en-v1")]
    [InlineData("jinaai/jina-embedding-s-en-v1")]
    [InlineData("jinaai%2Fjina-embedding-s-en-v1")]
    public async Task A_hub_model_is_found_by_both_of_its_names(string name)
    {
        await using var server = await TestServer.StartAsync(builder: web => web.Services.AddJinaEmbeddings());

        var model = (await server.GetAsync($"/v1/models/{name}")).Body;

        Assert.Equal(("jina-embedding-s-en-v1", "jinaai"), (model.Text("id"), model.Text("owned_by")));
    }

    [Fact]
    public async Task An_unknown_model_is_not_found()
    {
        await using var server = await TestServer.StartAsync();

        var error = (await server.GetAsync("/v1/models/text-embedding-3-small")).OpenAI(HttpStatusCode.NotFound);

        Assert.Equal(
            ("Model 'text-embedding-3-small' not found. Available models: demo-en.", "model_not_found"),
            (error.Text("message"), error.Text("code")));
    }

    [Fact]
    public async Task A_strict_server_of_one_model_rejects_other_names()
    {
        await using var server = await TestServer.StartAsync(options => options.StrictModel = true);

        var own = await server.PostAsync("""{"input": "x", "model": "demo-EN"}""");
        var none = await server.PostAsync("""{"input": "x"}""");
        var other = (await server.PostAsync("""{"input": "x", "model": "other"}""")).OpenAI(HttpStatusCode.NotFound);
        var jinas = (await server.PostAsync("""{"input": "x", "model": "other", "truncate": true}""")).Jina(HttpStatusCode.NotFound);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (own.Status, none.Status));
        Assert.Equal(("model_not_found", "model"), (other.Text("code"), other.Text("param")));
        Assert.Equal("INPUT_MODEL_NOT_FOUND", jinas.Text("code"));
    }

    [Fact]
    public async Task A_name_can_have_the_tag_of_Ollama_on_every_route()
    {
        await using var server = await TestServer.StartAsync(options => options.StrictModel = true, map: DialectFixture.MapAll);

        Assert.Equal("demo-en", await AnsweredByAsync(server, "demo-EN:Latest"));
        Assert.Equal("demo-en", (await server.GetAsync("/v1/models/demo-en:latest")).Body.Text("id"));
        Assert.Equal(HttpStatusCode.OK, (await server.PostToAsync("/embed", """{"inputs": "x", "model": "demo-en:latest"}""")).Status);
        Assert.Equal("demo-en", (await server.PostToAsync("/api/embed", """{"model": "demo-en:latest"}""")).Body.Text("model"));
        (await server.PostAsync("""{"input": "x", "model": "demo-en:v1"}""")).OpenAI(HttpStatusCode.NotFound);
        (await server.PostAsync("""{"input": "x", "model": ":latest"}""")).OpenAI(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_model_whose_own_name_has_the_tag_comes_first()
    {
        using var folder = new TemporaryFolder();
        var copy = Path.GetFileName(DemoModelCopy.To(folder));
        await using var server = await TestServer.StartAsync(
            builder: web =>
            {
                web.Services.AddJinaEmbeddings(DemoModel.Model);
                web.Services.AddKeyedJinaEmbeddings("demo-en:latest", JinaEmbeddingModel.FromDirectory(folder.Path));
            },
            map: DialectFixture.MapAll);

        var ollama = await server.PostToAsync("/api/embed", """{"model": "demo-en:latest", "input": "x"}""");

        Assert.Equal(copy, ollama.Body.Text("model"));
        Assert.Equal(copy, await AnsweredByAsync(server, "demo-en:latest"));
        Assert.Equal("demo-en", await AnsweredByAsync(server, "demo-en"));
    }

    [Fact]
    public async Task The_name_selects_one_of_several_models()
    {
        using var folder = new TemporaryFolder();
        var copy = Path.GetFileName(DemoModelCopy.To(folder));
        await using var server = await StartSeveralAsync(folder, withDefault: true);

        var names = (await server.GetAsync("/v1/models")).Body.GetProperty("data").EnumerateArray().Select(model => model.Text("id"));

        Assert.Equal(["demo-en", copy, "twin"], names);
        Assert.Equal("demo-en", await AnsweredByAsync(server, "demo-en"));
        Assert.Equal(copy, await AnsweredByAsync(server, copy));
        Assert.Equal(copy, await AnsweredByAsync(server, "Second"));
        Assert.Equal("twin", await AnsweredByAsync(server, "TWIN"));
        Assert.Equal("demo-en", (await server.PostAsync("""{"input": "x"}""")).Body.Text("model"));
        (await server.PostAsync("""{"input": "x", "model": "text-embedding-3-small"}""")).OpenAI(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Several_models_without_a_default_require_a_name()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartSeveralAsync(folder, withDefault: false);

        var error = (await server.PostAsync("""{"input": "x"}""")).OpenAI(HttpStatusCode.BadRequest);

        Assert.StartsWith("The field 'model' is missing. Expected one of ", error.Text("message"), StringComparison.Ordinal);
    }

    private static Task<TestServer> StartSeveralAsync(TemporaryFolder folder, bool withDefault) => TestServer.StartAsync(builder: web =>
    {
        web.Services.AddKeyedJinaEmbeddings("second", JinaEmbeddingModel.FromDirectory(folder.Path));
        web.Services.AddKeyedJinaEmbeddings("twin", DemoModel.Model);
        if (withDefault)
        {
            web.Services.AddJinaEmbeddings(DemoModel.Model);
        }
    });

    private static async Task<string> AnsweredByAsync(TestServer server, string name) =>
        (await server.PostAsync($$"""{"input": "x", "model": "{{name}}"}""")).Body.Text("model");
}
