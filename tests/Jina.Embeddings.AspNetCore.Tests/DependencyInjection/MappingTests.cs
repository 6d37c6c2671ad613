using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jina.Embeddings.AspNetCore.Tests.DependencyInjection;

public sealed class MappingTests
{
    [Theory]
    [InlineData("/v1/embeddings", "/v1/models")]
    [InlineData("/jina/v1/embeddings", "/jina/v1/models")]
    [InlineData("embed", "/models")]
    public async Task Models_are_the_neighbours_of_the_embeddings(string pattern, string models)
    {
        await using var server = await TestServer.StartAsync(map: app => app.MapJinaEmbeddings(pattern));

        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(models)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.GetAsync($"/{pattern.TrimStart('/')}")).Status);
    }

    [Fact]
    public async Task Conventions_reach_every_route()
    {
        await using var server = await TestServer.StartAsync(map: app => app.MapJinaEmbeddings().RequireCors("mine").WithMetadata("here"));

        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Equal(3, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.Equal(("mine", "here"), (endpoint.Metadata.GetMetadata<IEnableCorsAttribute>()!.PolicyName, endpoint.Metadata.GetMetadata<string>())));
    }

    [Fact]
    public async Task Browsers_of_an_allowed_origin_are_answered()
    {
        await using var server = await TestServer.StartAsync(
            builder: web => web.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins("https://app.example").AllowAnyHeader())),
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
    public async Task Without_a_model_there_is_nothing_to_map()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.MapJinaEmbeddings());

        Assert.Equal("No Jina model is registered, so there is nothing to serve. Register one before MapJinaEmbeddings, e.g. by builder.Services.AddJinaEmbeddings().", error.Message);
    }

    [Fact]
    public async Task Options_that_bypass_the_registration_are_checked_all_the_same()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(
            builder: web => web.Services.Configure<JinaEmbeddingEndpointOptions>(options => options.ApiKeys.Add("short"))));

        Assert.Equal(["ApiKeys:0 has 5 characters; expected at least 8."], error.Failures);
    }

    [Fact]
    public async Task A_cache_of_embeddings_keeps_usage_and_truncation()
    {
        await using var server = await TestServer.StartAsync(builder: web =>
        {
            web.Services.AddDistributedMemoryCache();
            web.Services.AddJinaEmbeddings(DemoModel.Model).UseEmbeddingCache();
        });
        var request = $$"""{"input": ["{{Texts.Dog}}", "{{Texts.Long}}"]}""";

        var first = await server.PostAsync(request);
        var second = await server.PostAsync(request);
        var refused = await server.PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Long}}"], "truncate": false}""");

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(("1", "1"), (first.Header("X-Truncated-Inputs"), second.Header("X-Truncated-Inputs")));
        Assert.NotEqual(0, second.Body.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("INPUT_TOKEN_LIMIT_EXCEEDED", refused.Jina(HttpStatusCode.BadRequest).Text("code"));
    }

    [Fact]
    public async Task Middleware_around_the_generator_is_kept()
    {
        var cache = new MemoryDistributedCache(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        var calls = 0;
        await using var server = await TestServer.StartAsync(builder: web => web.Services.AddSingleton<IDistributedCache>(cache).AddJinaEmbeddings(DemoModel.Model)
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
        Vectors.Equal(await Vectors.OfAsync([Texts.Dog], normalize: false), unnormalized.Floats());
    }
}
