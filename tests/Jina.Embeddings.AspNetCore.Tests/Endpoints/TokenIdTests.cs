using System.Net;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Tokenizers;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Token IDs as input: those of OpenAI's tokenizers, and the model's own.</summary>
public sealed class TokenIdTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Header = "X-Token-Encoding";

    [Fact]
    public async Task IDs_of_cl100k_base_are_embedded_as_their_text()
    {
        // This is the body of LangChain's OpenAIEmbeddings.
        var answer = await fixture.Server.PostAsync(
            """
            {"input": [[5269,374,279,9282,3432],[3923,374,279,1510,9282,1093,3432,30]], "model": "text-embedding-ada-002",
             "encoding_format": "float"}
            """);
        var one = await fixture.Server.PostAsync("""{"input": [5269,374,279,9282,3432]}""");

        string[] texts = ["how is the weather today", "What is the current weather like today?"];
        Vectors.Equal(await Vectors.EmbedAsync(texts), answer.Floats());
        Vectors.Equal(await Vectors.EmbedAsync(texts[..1]), one.Floats());
    }

    [Fact]
    public async Task Usage_counts_the_tokens_of_the_model()
    {
        var ids = await fixture.Server.PostAsync("""{"input": [5269,374,279,9282,3432]}""");
        var text = await fixture.Server.PostAsync("""{"input": "how is the weather today"}""");

        Assert.Equal(text.Text, ids.Text);
    }

    [Theory]
    [InlineData("o200k_base")]
    [InlineData("O200K_BASE")]
    public async Task A_header_names_another_encoding(string encoding)
    {
        var ids = TiktokenTokenizer.CreateForEncoding("o200k_base").EncodeToIds(Texts.Dog);

        var answer = await fixture.Server.PostAsync($$"""{"input": {{JsonSerializer.Serialize(ids)}}}""", Header, encoding);

        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog]), answer.Floats());
    }

    [Fact]
    public async Task IDs_of_the_models_own_tokenizer_are_embedded()
    {
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        var dog = tokenizer.EncodeToIds(Texts.Dog);
        var stocks = tokenizer.EncodeToIds(Texts.Stocks).SkipLast(1);
        var expected = await Vectors.EmbedAsync([Texts.Dog, Texts.Stocks]);

        var one = await fixture.Server.PostAsync($$"""{"input": {{JsonSerializer.Serialize(dog)}}}""", Header, "model");
        var two = await fixture.Server.PostAsync(
            $$"""{"input": [{{JsonSerializer.Serialize(dog)}}, {{JsonSerializer.Serialize(stocks)}}]}""", Header, "model");

        Vectors.Equal([expected[0]], one.Floats());
        Vectors.Equal(expected, two.Floats());
    }

    [Fact]
    public async Task An_option_sets_the_encoding_of_requests_without_the_header()
    {
        await using var server = await TestServer.StartAsync(options => options.TokenIdEncoding = TokenIdEncoding.Model);
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);

        var own = await server.PostAsync($$"""{"input": {{JsonSerializer.Serialize(tokenizer.EncodeToIds(Texts.Dog))}}}""");
        var openAI = await server.PostAsync("""{"input": [15339, 1917]}""", Header, "cl100k_base");

        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog]), own.Floats());
        Vectors.Equal(await Vectors.EmbedAsync(["hello world"]), openAI.Floats());
    }

    [Theory]
    [InlineData("[5, 100256]", null, "Token ID 100256 at index 1 of input 0 is not in cl100k_base")]
    [InlineData("[[5], [5, -1]]", null, "Token ID -1 at index 1 of input 1 is not in cl100k_base")]
    [InlineData("[199998]", "o200k_base", "Token ID 199998 at index 0 of input 0 is not in o200k_base")]
    [InlineData("[[5], [5, 100257]]", "model", "Token ID 100257 at index 1 of input 1 is not in this model's vocabulary")]
    public async Task IDs_of_another_encoding_are_rejected_with_advice(string input, string? encoding, string begin)
    {
        var body = $$"""{"input": {{input}}}""";

        var answer = encoding is null ? await fixture.Server.PostAsync(body) : await fixture.Server.PostAsync(body, Header, encoding);

        var error = answer.OpenAI(HttpStatusCode.BadRequest);
        Assert.StartsWith(begin, error.Text("message"), StringComparison.Ordinal);
        Assert.Contains($"Send texts, or name the encoding in the header {Header}", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal("input", error.Text("param"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p50k_base")]
    [InlineData("cl100k_base, model")]
    public async Task An_unknown_encoding_is_rejected(string encoding)
    {
        var openAI = await fixture.Server.PostAsync("""{"input": [5]}""", Header, encoding);
        var jina = await fixture.Server.PostAsync("""{"input": "x", "truncate": true}""", Header, encoding);

        Assert.Equal(
            $"The header X-Token-Encoding is '{encoding}'. Expected cl100k_base, o200k_base or model.",
            openAI.OpenAI(HttpStatusCode.BadRequest).Text("message"));
        jina.Jina(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task IDs_that_are_more_text_than_a_body_are_rejected_with_413()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxBodyBytes = 1000);

        var answer = await server.PostAsync($$"""{"input": [{{string.Join(',', Enumerable.Repeat(58040, 8))}}]}""");

        Assert.Equal("request_too_large", answer.OpenAI(HttpStatusCode.RequestEntityTooLarge).Text("code"));
    }

    [Fact]
    public async Task IDs_pass_through_a_cache()
    {
        var calls = 0;
        await using var server = await TestServer.StartAsync(builder: web =>
        {
            web.Services.AddDistributedMemoryCache();
            web.Services.AddJinaEmbeddings(DemoModel.Model).UseJinaEmbeddingCache().Use(inner => new ChangedVectors(inner, embeddings =>
            {
                calls++;
                return embeddings;
            }));
        });

        var text = await server.PostAsync("""{"input": "hello world"}""");
        var ids = await server.PostAsync("""{"input": [15339, 1917]}""");

        Assert.Equal((text.Text, 1), (ids.Text, calls));
    }
}
