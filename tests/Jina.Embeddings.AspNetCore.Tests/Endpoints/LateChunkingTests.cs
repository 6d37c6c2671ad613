using System.Net;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Tests <c>late_chunking</c> of Jina's interface.</summary>
public sealed class LateChunkingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string[] Chunks = ["The station is in Berlin.", "It measures rain.", Texts.Long];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task The_inputs_are_one_document_and_none_is_truncated(string truncate)
    {
        var expected = await DemoModel.Generator.GenerateLateChunksAsync(Chunks, cancellationToken: Token);

        var answer = await fixture.Server.PostAsync(Body(Chunks, $"\"truncate\": {truncate}"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Vectors.Equal([.. expected.Select(embedding => embedding.Vector.ToArray())], answer.Floats());
        Assert.Equal(
            expected.Usage!.InputTokenCount, answer.Body.GetProperty("usage").GetProperty("prompt_tokens").GetInt64());
        Assert.Null(answer.Header("X-Truncated-Inputs"));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("null")]
    public async Task Without_it_each_input_is_a_text_of_its_own(string value)
    {
        string[] inputs = [Texts.Dog, Texts.Stocks];

        var answer = await fixture.Server.PostAsync(
            $$"""{"input": {{JsonSerializer.Serialize(inputs)}}, "late_chunking": {{value}}}""");

        Vectors.Equal(await Vectors.EmbedAsync(inputs), answer.Floats());
    }

    [Fact]
    public async Task Other_fields_apply()
    {
        var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { [JinaEmbeddingGenerator.NormalizeKey] = false } };
        var expected = await DemoModel.Generator.GenerateLateChunksAsync([Texts.Dog, Texts.Stocks], options, Token);

        var answer = await fixture.Server.PostAsync(Body([Texts.Dog, Texts.Stocks], "\"normalized\": false"));

        Vectors.Equal([.. expected.Select(embedding => embedding.Vector.ToArray())], answer.Floats());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\n\t")]
    public async Task An_input_without_tokens_is_rejected_by_name(string empty)
    {
        var error = (await fixture.Server.PostAsync(Body([Texts.Dog, empty]))).Jina(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("INPUT_INVALID", error.Text("code"));
        Assert.Equal("input[1]", Assert.Single(error.GetProperty("errors").EnumerateArray()).Text("field"));
    }

    [Theory]
    [InlineData("[5, 6]")]
    [InlineData("[[5], [6]]")]
    public async Task Token_IDs_are_rejected(string ids)
    {
        var answer = await fixture.Server.PostAsync($$"""{"late_chunking": true, "input": {{ids}}}""");

        var field = Assert.Single(answer.Jina(HttpStatusCode.UnprocessableEntity).GetProperty("errors").EnumerateArray());
        Assert.Equal(("late_chunking", "value_error"), (field.Text("field"), field.Text("type")));
    }

    [Fact]
    public async Task All_tokens_of_long_inputs_count_for_the_limit()
    {
        var tokens = (await DemoModel.Generator.GetTokenizerAsync(Token)).CountTokens(Texts.Long);
        await using var enough = await TestServer.StartAsync(options => options.MaxTokens = tokens);
        await using var tooFew = await TestServer.StartAsync(options => options.MaxTokens = tokens - 1);

        var accepted = await enough.PostAsync(Body([Texts.Long]));
        var error = (await tooFew.PostAsync(Body([Texts.Long]))).Jina(HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(HttpStatusCode.OK, accepted.Status);
        Assert.Equal("INPUT_TOKEN_LIMIT_EXCEEDED", error.Text("code"));
    }

    [Fact]
    public async Task Middleware_is_not_used()
    {
        await using var server = await TestServer.StartAsync(builder: web =>
        {
            web.Services.AddJinaEmbeddings(DemoModel.Model).UseJinaEmbeddingCache();
            web.Services.AddDistributedMemoryCache();
        });
        await server.PostAsync($$"""{"input": "{{Texts.Dog}}"}""");
        var expected = await DemoModel.Generator.GenerateLateChunksAsync([Texts.Dog, Texts.Stocks], cancellationToken: Token);

        for (var i = 0; i < 2; i++)
        {
            var answer = await server.PostAsync(Body([Texts.Dog, Texts.Stocks]));
            Vectors.Equal([.. expected.Select(embedding => embedding.Vector.ToArray())], answer.Floats());
        }
    }

    private static string Body(string[] chunks, string more = "\"user\": null") =>
        $$"""{"late_chunking": true, "input": {{JsonSerializer.Serialize(chunks)}}, {{more}}}""";
}
