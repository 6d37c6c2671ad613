using System.Net;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

public sealed class JinaShapeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string[] Inputs = [Texts.Dog, Texts.Stocks];

    [Theory]
    [InlineData("""{"text": "A dog runs in the park."}""", 1)]
    [InlineData("""[{"text": "A dog runs in the park."}]""", 1)]
    [InlineData("""["A dog runs in the park.", {"text": "Stock prices fell sharply on Monday."}]""", 2)]
    [InlineData("""[{"text": "A dog runs in the park."}, "Stock prices fell sharply on Monday."]""", 2)]
    public async Task Texts_can_be_objects(string input, int count)
    {
        var answer = await fixture.Server.PostAsync($$"""{"model": "jina-embeddings-v2-base-en", "input": {{input}}}""");

        Assert.Equal((HttpStatusCode.OK, DemoModel.Name), (answer.Status, answer.Body.Text("model")));
        Vectors.Equal(await Vectors.EmbedAsync(Inputs.Take(count)), answer.Floats());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("null", true)]
    [InlineData("false", false)]
    public async Task Vectors_have_unit_length_by_default(string normalized, bool expected)
    {
        var answer = await fixture.Server.PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Stocks}}"], "normalized": {{normalized}}}""");

        Vectors.Equal(await Vectors.EmbedAsync(Inputs, expected), answer.Floats());
    }

    [Fact]
    public async Task Each_embedding_type_encodes_the_same_vector()
    {
        var vectors = await Vectors.EmbedAsync(Inputs);

        Vectors.Equal(vectors, [.. (await EmbeddingsAsync("\"float\"")).Select(Answer.Numbers)]);
        Vectors.Equal(vectors, [.. (await EmbeddingsAsync("\"base64\"")).Select(Vectors.FromBase64)]);
        Assert.Equal(vectors.Select(Vectors.Bits), (await EmbeddingsAsync("\"ubinary\"")).Select(Integers));
        var signed = vectors.Select(vector => Vectors.Bits(vector).Select(bits => bits - 128));
        Assert.Equal(signed, (await EmbeddingsAsync("\"binary\"")).Select(Integers));
        Assert.Equal(DemoModel.Dimensions / 8, (await EmbeddingsAsync("\"binary\""))[0].GetArrayLength());
    }

    [Fact]
    public async Task Several_embedding_types_are_members_of_an_object()
    {
        var embeddings = await EmbeddingsAsync("""["ubinary", "float", "base64", "binary", "float"]""");

        var vectors = await Vectors.EmbedAsync(Inputs);
        string[] names = ["ubinary", "float", "base64", "binary"];
        Assert.All(embeddings, embedding => Assert.Equal(names, embedding.EnumerateObject().Select(property => property.Name)));
        Vectors.Equal(vectors, [.. embeddings.Select(embedding => Answer.Numbers(embedding.GetProperty("float")))]);
        Vectors.Equal(vectors, [.. embeddings.Select(embedding => Vectors.FromBase64(embedding.GetProperty("base64")))]);
        Assert.Equal(vectors.Select(Vectors.Bits), embeddings.Select(embedding => Integers(embedding.GetProperty("ubinary"))));
    }

    [Fact]
    public async Task A_list_of_one_embedding_type_is_that_type() =>
        Vectors.Equal(await Vectors.EmbedAsync(Inputs), [.. (await EmbeddingsAsync("""["base64"]""")).Select(Vectors.FromBase64)]);

    [Fact]
    public async Task An_embedding_type_takes_precedence_over_an_encoding_format()
    {
        var answer = await fixture.Server.PostAsync(
            $$"""{"input": "{{Texts.Dog}}", "encoding_format": "base64", "embedding_type": "float"}""");
        var format = await fixture.Server.PostAsync($$"""{"input": "{{Texts.Dog}}", "encoding_format": "base64", "truncate": true}""");

        var expected = await Vectors.EmbedAsync([Texts.Dog]);
        Vectors.Equal(expected, answer.Floats());
        Vectors.Equal(expected, [Vectors.FromBase64(format.Body.GetProperty("data")[0].GetProperty("embedding"))]);
    }

    [Theory]
    [InlineData("\"normalized\": true")]
    [InlineData("\"truncate\": false")]
    [InlineData("\"truncate\": null")]
    public async Task A_text_that_is_too_long_is_rejected_with_its_index(string field)
    {
        var answer = await fixture.Server.PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Long}}"], {{field}}}""");

        var error = answer.Jina(HttpStatusCode.BadRequest);
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        Assert.Equal("INPUT_TOKEN_LIMIT_EXCEEDED", error.Text("code"));
        Assert.Equal(
            $"Input 1 has {tokenizer.CountTokens(Texts.Long)} tokens and exceeds the model's maximum of 512 tokens. "
            + "Split it, or send \"truncate\": true.",
            error.Text("detail"));
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_truncated_on_request()
    {
        var answer = await fixture.Server.PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Long}}"], "truncate": true}""");

        Assert.Equal("1", answer.Header("X-Truncated-Inputs"));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog, Texts.Long]), answer.Floats());
    }

    [Fact]
    public async Task Too_many_token_IDs_are_rejected_like_a_long_text()
    {
        var ids = JsonSerializer.Serialize(Enumerable.Repeat(5, 512));

        var answer = await fixture.Server.PostAsync(
            $$"""{"input": [[5], {{ids}}], "truncate": false}""", "X-Token-Encoding", "model");

        var error = answer.Jina(HttpStatusCode.BadRequest);
        Assert.StartsWith("Input 1 has 513 tokens", error.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_ignored_with_a_warning()
    {
        var answer = await fixture.Server.PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Stocks}}"], "task": "retrieval.query"}""");

        Assert.Equal("299 - \"task is ignored: this model does not support tasks\"", answer.Header("Warning"));
        Vectors.Equal(await Vectors.EmbedAsync(Inputs), answer.Floats());
    }

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];

    private async Task<JsonElement[]> EmbeddingsAsync(string type)
    {
        var answer = await fixture.Server.PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Stocks}}"], "embedding_type": {{type}}}""");
        return [.. answer.Body.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("embedding"))];
    }
}
