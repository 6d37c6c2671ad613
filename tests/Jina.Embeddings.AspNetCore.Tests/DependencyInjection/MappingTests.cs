using System.Net;
using System.Reflection;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Jina.Embeddings.AspNetCore.Tests.DependencyInjection;

public sealed class MappingTests
{
    [Theory]
    [InlineData("/v1/embeddings", "/v1/models")]
    [InlineData("/jina/v1/embeddings", "/jina/v1/models")]
    [InlineData("embed", "/models")]
    public async Task The_models_are_next_to_the_embeddings(string pattern, string models)
    {
        await using var server = await TestServer.StartAsync(map: app => app.MapJinaEmbeddings(pattern));

        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(models)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.GetAsync($"/{pattern.TrimStart('/')}")).Status);
    }

    [Fact]
    public async Task Conventions_apply_to_every_route()
    {
        await using var server = await TestServer.StartAsync(map: app => app.MapJinaEmbeddings().RequireCors("mine").WithMetadata("here"));

        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Equal(3, endpoints.Count);
        Assert.All(endpoints, endpoint =>
        {
            Assert.Equal("mine", endpoint.Metadata.GetMetadata<IEnableCorsAttribute>()!.PolicyName);
            Assert.Equal("here", endpoint.Metadata.GetMetadata<string>());
        });
    }

    [Fact]
    public async Task Conventions_apply_to_every_route_of_a_dialect()
    {
        await using var server = await TestServer.StartAsync(map: app =>
        {
            app.MapOllamaEmbeddings().RequireCors("mine");
            app.MapTextEmbeddingsInference().RequireCors("mine");
        });

        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Equal(12, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.Equal("mine", endpoint.Metadata.GetMetadata<IEnableCorsAttribute>()!.PolicyName));
    }

    [Fact]
    public async Task Every_route_has_the_metadata_of_an_OpenAPI_document()
    {
        await using var server = await TestServer.StartAsync(map: DialectFixture.MapAll);

        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Equal(15, endpoints.Count);
        Assert.All(endpoints, endpoint =>
        {
            Assert.NotNull(endpoint.Metadata.GetMetadata<MethodInfo>());
            Assert.NotEmpty(endpoint.Metadata.GetMetadata<ITagsMetadata>()!.Tags);
            Assert.EndsWith(".", endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()!.Summary, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_root_of_the_app_answers_instead_of_that_of_a_dialect()
    {
        await using var server = await TestServer.StartAsync(map: app =>
        {
            DialectFixture.MapAll(app);
            app.MapGet("/", static context => context.Response.WriteAsync("the app", context.RequestAborted));
            app.MapPost("/", static context => context.Response.WriteAsync("the app", context.RequestAborted));
        });

        Assert.Equal("the app", (await server.GetAsync("/")).Text);
        Assert.Equal("the app", (await server.PostToAsync("/", """{"inputs": "x"}""")).Text);
        Assert.Equal(HttpStatusCode.OK, (await server.PostToAsync("/embed", """{"inputs": "x"}""")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Browsers_get_the_page_of_the_app_at_the_root(bool asFallback)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("index.html"), "<html>", TestContext.Current.CancellationToken);
        await using var server = await TestServer.StartAsync(
            builder: web => web.Environment.WebRootFileProvider = new PhysicalFileProvider(folder.Path),
            map: app =>
            {
                if (!asFallback)
                {
                    app.UseDefaultFiles();
                    app.UseStaticFiles();
                }

                DialectFixture.MapAll(app);
                if (asFallback)
                {
                    app.MapFallbackToFile("index.html");
                }
            });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("<html>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Ollama is running", (await server.GetAsync("/")).Text);
        Assert.Equal(HttpStatusCode.OK, (await server.PostToAsync("/", """{"inputs": "x"}""")).Status);
    }

    [Fact]
    public async Task A_dialect_can_have_a_prefix()
    {
        await using var server = await TestServer.StartAsync(map: app =>
        {
            app.MapGroup("/ollama").MapOllamaEmbeddings();
            app.MapGroup("/tei").MapTextEmbeddingsInference();
        });

        Assert.Equal("Ollama is running", (await server.GetAsync("/ollama")).Text);
        Assert.Equal(HttpStatusCode.OK, (await server.PostToAsync("/ollama/api/embed", """{"input": "x"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.PostToAsync("/tei/embed", """{"inputs": "x"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.PostToAsync("/tei", """{"inputs": "x"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Browsers_get_CORS_headers_for_an_allowed_origin()
    {
        await using var server = await TestServer.StartAsync(
            builder: web => web.Services.AddCors(cors =>
                cors.AddDefaultPolicy(policy => policy.WithOrigins("https://app.example").AllowAnyHeader())),
            map: app =>
            {
                app.UseCors();
                app.MapJinaEmbeddings();
            });
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/embeddings");
        request.Headers.TryAddWithoutValidation("Origin", "https://app.example");
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("https://app.example", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Mapping_without_a_model_throws()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.MapJinaEmbeddings());

        Assert.Equal(
            "No Jina model is registered. Register one before MapJinaEmbeddings, e.g. with builder.Services.AddJinaEmbeddings().",
            error.Message);
    }

    [Fact]
    public async Task Options_set_without_the_registration_are_checked_too()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(
            builder: web => web.Services.Configure<JinaEmbeddingEndpointOptions>(options => options.ApiKeys.Add("short"))));

        Assert.Equal(["ApiKeys:0 has 5 characters; expected at least 8."], error.Failures);
    }

    [Fact]
    public async Task An_embedding_cache_preserves_usage_and_truncation()
    {
        await using var server = await TestServer.StartAsync(builder: web =>
        {
            web.Services.AddDistributedMemoryCache();
            web.Services.AddJinaEmbeddings(DemoModel.Model).UseJinaEmbeddingCache();
        });
        var request = $$"""{"input": ["{{Texts.Dog}}", "{{Texts.Long}}"]}""";

        var first = await server.PostAsync(request);
        var second = await server.PostAsync(request);
        var rejected = await server.PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Long}}"], "truncate": false}""");

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(("1", "1"), (first.Header("X-Truncated-Inputs"), second.Header("X-Truncated-Inputs")));
        Assert.NotEqual(0, second.Body.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("INPUT_TOKEN_LIMIT_EXCEEDED", rejected.Jina(HttpStatusCode.BadRequest).Text("code"));
    }

    [Fact]
    public async Task Requests_pass_through_the_generators_middleware()
    {
        var cache = new MemoryDistributedCache(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        var calls = 0;
        await using var server = await TestServer.StartAsync(builder: web => web.Services
            .AddSingleton<IDistributedCache>(cache)
            .AddJinaEmbeddings(DemoModel.Model)
            .UseDistributedCache()
            .Use(inner => new ChangedVectors(inner, embeddings =>
            {
                calls++;
                return embeddings;
            })));

        var first = await server.PostAsync($$"""{"input": "{{Texts.Dog}}"}""");
        var second = await server.PostAsync($$"""{"input": "{{Texts.Dog}}"}""");
        var unnormalized = await server.PostAsync($$"""{"input": "{{Texts.Dog}}", "normalized": false}""");

        Assert.Equal(first.Floats(), second.Floats());
        Assert.Equal(2, calls);
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog], normalize: false), unnormalized.Floats());
    }
}
