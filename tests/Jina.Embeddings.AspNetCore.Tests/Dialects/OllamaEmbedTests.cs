using System.Net;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Dialects;

public sealed class OllamaEmbedTests(DialectFixture fixture) : IClassFixture<DialectFixture>
{
    private const string Path = "/api/embed";

    [Fact]
    public async Task Vectors_equal_the_generators_own_and_are_in_order()
    {
        var answer = await PostAsync($$"""{"model": "demo-en", "input": ["{{Texts.Dog}}", "{{Texts.Stocks}}", ""]}""");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal(["model", "embeddings", "prompt_eval_count"], answer.Body.EnumerateObject().Select(property => property.Name));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog, Texts.Stocks, ""]), Embeddings(answer));
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            tokenizer.CountTokens(Texts.Dog) + tokenizer.CountTokens(Texts.Stocks) + tokenizer.CountTokens(""),
            answer.Body.GetProperty("prompt_eval_count").GetInt32());
    }

    [Theory]
    [InlineData("""{"model": "m", "input": ["TEXT"]}""")]
    [InlineData("""{"model": "m", "input": "TEXT"}""")]
    [InlineData("""{"input": "TEXT"}""")]
    [InlineData("""{"model": "", "input": "TEXT"}""")]
    [InlineData("""{"model": "demo-en:latest", "input": ["TEXT"]}""")]
    [InlineData("""{"model": "m", "input": ["TEXT"], "options": {}}""")]
    [InlineData("""{"model": "m", "input": ["TEXT"], "options": null, "CustomHeaders": {}}""")]
    [InlineData("""{"model": "m", "input": ["TEXT"], "truncate": true, "options": {"use_mmap": true}, "keep_alive": -1}""")]
    [InlineData("""{"model": "m", "input": ["TEXT"], "options": {"num_ctx": 1000}, "keep_alive": "5m"}""")]
    [InlineData("""{"model": "m", "input": ["TEXT"], "truncate": false}""")]
    [InlineData("""{"model": "m", "input": "TEXT", "dimensions": 1024}""")]
    [InlineData("""{"model": "m", "input": "TEXT", "dimensions": 256}""")]
    [InlineData("""{"model": "m", "input": "TEXT", "dimensions": 0}""")]
    [InlineData("""{"input": "replaced", "input": "TEXT", "unknown": [1, {"input": 2}]}""")]
    [InlineData("""{"Model": "m", "input": "replaced", "INPUT": ["TEXT"], "Truncate": false, "Dimensions": 256}""")]
    public async Task Requests_of_known_clients_are_answered(string body)
    {
        var answer = await PostAsync(body.Replace("TEXT", Texts.Dog, StringComparison.Ordinal));

        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog]), Embeddings(answer));
        Assert.Equal(DemoModel.Name, answer.Body.Text("model"));
    }

    [Theory]
    [InlineData("""{"model": "m"}""")]
    [InlineData("""{"model": "m", "input": null}""")]
    [InlineData("""{"model": "m", "input": ""}""")]
    [InlineData("""{"model": "m", "input": []}""")]
    public async Task A_request_without_inputs_has_no_embeddings(string body)
    {
        var answer = await PostAsync(body);

        Assert.Equal((HttpStatusCode.OK, """{"model":"demo-en","embeddings":[]}"""), (answer.Status, answer.Text));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task The_content_type_does_not_matter(string mediaType)
    {
        var answer = await fixture.Server.PostToAsync(Path, $$"""{"input": "{{Texts.Dog}}"}""", mediaType);

        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog]), Embeddings(answer));
    }

    [Fact]
    public async Task A_long_text_is_truncated_and_counted_unless_the_request_forbids_it()
    {
        var truncated = await PostAsync($$"""{"input": ["{{Texts.Long}}", "{{Texts.Dog}}"]}""");
        var rejected = await PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Long}}"], "truncate": false}""");

        Assert.Equal("1", truncated.Header("X-Truncated-Inputs"));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Long, Texts.Dog]), Embeddings(truncated));
        Assert.StartsWith("Input 1 has ", rejected.Ollama(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("[]", "The body is an array.")]
    [InlineData("{", "The body is not valid JSON")]
    [InlineData("""{"input": "x"} x""", "The body is not valid JSON")]
    [InlineData("""{"input": [5, 6]}""", "The field 'input[0]' is a number.")]
    [InlineData("""{"input": ["x", null]}""", "The field 'input[1]' is null.")]
    [InlineData("""{"input": {"text": "x"}}""", "The field 'input' is an object.")]
    [InlineData("""{"input": 7}""", "The field 'input' is a number.")]
    [InlineData("""{"Input": 7}""", "The field 'input' is a number.")]
    [InlineData("""{"input": "\ud800"}""", "The field 'input' is not valid Unicode")]
    [InlineData("""{"input": ["x", "\ud800"]}""", "The field 'input[1]' is not valid Unicode")]
    [InlineData("""{"input": "x", "model": 7}""", "The field 'model' is a number.")]
    [InlineData("""{"input": "x", "truncate": "END"}""", "The field 'truncate' is a string.")]
    [InlineData("""{"input": "x", "dimensions": "256"}""", "The field 'dimensions' is a string.")]
    [InlineData("""{"input": "x", "dimensions": 128}""", "The field 'dimensions' is 128, but this model's vectors have 256 dimensions")]
    public async Task A_bad_body_is_rejected_in_Ollamas_shape(string body, string begin) =>
        Assert.StartsWith(begin, (await PostAsync(body)).Ollama(HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Fact]
    public async Task A_response_of_many_pieces_is_complete()
    {
        string[] texts = [.. Enumerable.Range(0, 600).Select(i => $"Item {i}.")];

        var answer = await PostAsync($$"""{"input": {{JsonSerializer.Serialize(texts)}}}""");

        Vectors.Equal(await Vectors.EmbedAsync(texts), Embeddings(answer));
    }

    [Fact]
    public async Task The_older_route_embeds_one_text()
    {
        var answer = await fixture.Server.PostToAsync(
            "/api/embeddings", $$"""{"model": "m", "prompt": "{{Texts.Dog}}", "options": {"temperature": 0.7}, "keep_alive": 60}""");

        Assert.Equal(["embedding"], answer.Body.EnumerateObject().Select(property => property.Name));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog]), [Answer.Numbers(answer.Body.GetProperty("embedding"))]);
    }

    [Theory]
    [InlineData("""{"model": "m"}""")]
    [InlineData("""{"model": "m", "prompt": ""}""")]
    public async Task The_older_route_answers_a_request_without_a_text_with_an_empty_vector(string body) =>
        Assert.Equal("""{"embedding":[]}""", (await fixture.Server.PostToAsync("/api/embeddings", body)).Text);

    [Fact]
    public async Task The_older_route_rejects_a_list() => Assert.StartsWith(
        "The field 'prompt' is an array.",
        (await fixture.Server.PostToAsync("/api/embeddings", """{"prompt": ["x"]}""")).Ollama(HttpStatusCode.BadRequest),
        StringComparison.Ordinal);

    private Task<Answer> PostAsync(string body) => fixture.Server.PostToAsync(Path, body);

    private static float[][] Embeddings(Answer answer) =>
        [.. answer.Body.GetProperty("embeddings").EnumerateArray().Select(Answer.Numbers)];
}
