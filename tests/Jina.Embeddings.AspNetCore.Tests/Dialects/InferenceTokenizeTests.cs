using System.Net;
using System.Text;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Dialects;

public sealed class InferenceTokenizeTests(DialectFixture fixture) : IClassFixture<DialectFixture>
{
    private const string Path = "/tokenize";

    [Theory]
    [InlineData("A dog runs in the park.")]
    [InlineData("")]
    [InlineData("Ünïcödé, 日本 and 👋🏽 and ﬁne")]
    [InlineData("  two  spaces ")]
    public async Task Tokens_are_the_tokenizers_own_with_positions_in_bytes(string text)
    {
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        var bytes = Encoding.UTF8.GetBytes(text);

        var answer = await PostAsync($$"""{"inputs": {{JsonSerializer.Serialize(text)}}}""");

        var tokens = Assert.Single(answer.Body.EnumerateArray()).EnumerateArray().ToList();
        Assert.Equal(tokenizer.EncodeToIds(text), tokens.Select(token => token.GetProperty("id").GetInt32()));
        foreach (var token in tokens.SkipLast(1))
        {
            var (start, stop) = (token.GetProperty("start").GetInt32(), token.GetProperty("stop").GetInt32());
            Assert.False(token.GetProperty("special").GetBoolean());
            Assert.Equal(Encoding.UTF8.GetString(bytes.AsSpan(start, stop - start)), token.Text("text"));
        }

        Assert.True(tokens[^1].GetProperty("special").GetBoolean());
        Assert.Equal("</s>", tokens[^1].Text("text"));
        Assert.Equal(JsonValueKind.Null, tokens[^1].GetProperty("start").ValueKind);
        Assert.Equal(JsonValueKind.Null, tokens[^1].GetProperty("stop").ValueKind);
    }

    [Fact]
    public async Task The_end_token_can_be_left_out()
    {
        var answer = await PostAsync($$"""{"inputs": ["{{Texts.Dog}}", ""], "add_special_tokens": false}""");

        Assert.All(answer.Body[0].EnumerateArray(), token => Assert.False(token.GetProperty("special").GetBoolean()));
        Assert.Equal(0, answer.Body[1].GetArrayLength());
    }

    [Fact]
    public async Task Long_texts_are_not_truncated()
    {
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);

        var answer = await PostAsync($$"""{"inputs": "{{Texts.Long}}"}""");

        Assert.Equal(tokenizer.CountTokens(Texts.Long), answer.Body[0].GetArrayLength());
    }

    [Fact]
    public async Task Tokens_are_counted_with_the_end_tokens_of_all_texts()
    {
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        var tokens = tokenizer.CountTokens(Texts.Long) + tokenizer.CountTokens(Texts.Dog);
        var body = $$"""{"inputs": ["{{Texts.Long}}", "{{Texts.Dog}}"]}""";
        await using var enough = await TestServer.StartAsync(options => options.MaxTokens = tokens, map: DialectFixture.MapAll);
        await using var tooFew = await TestServer.StartAsync(options => options.MaxTokens = tokens - 1, map: DialectFixture.MapAll);

        var accepted = await enough.PostToAsync(Path, body);
        var rejected = await tooFew.PostToAsync(Path, body);

        Assert.Equal(tokens, accepted.Body.EnumerateArray().Sum(text => text.GetArrayLength()));
        rejected.Inference(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task More_tokens_than_allowed_are_rejected()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxTokens = 100, map: DialectFixture.MapAll);

        var answer = await server.PostToAsync(Path, $$"""{"inputs": "{{Texts.Long}}"}""");

        Assert.StartsWith(
            "The inputs of this request have more than 100 tokens",
            answer.Inference(HttpStatusCode.UnprocessableEntity).Text("error"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"inputs": []}""")]
    [InlineData("""{"inputs": [5]}""")]
    [InlineData("""{"inputs": "x", "add_special_tokens": 1}""")]
    public async Task A_bad_body_is_rejected(string body) =>
        Assert.Equal("Validation", (await PostAsync(body)).Inference(HttpStatusCode.UnprocessableEntity).Text("error_type"));

    private Task<Answer> PostAsync(string body) => fixture.Server.PostToAsync(Path, body);
}
