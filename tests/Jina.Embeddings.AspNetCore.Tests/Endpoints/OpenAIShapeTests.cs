using System.Net;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

public sealed class OpenAIShapeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Vectors_equal_the_generators_own_and_are_in_order()
    {
        var answer = await fixture.Server.PostAsync($$"""
            {
              "model": "text-embedding-3-small",
              "input": ["{{Texts.Dog}}", "{{Texts.Stocks}}", "", "{{Texts.Dog}}"],
              "user": "someone"
            }
            """);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.Header("Content-Type")));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog, Texts.Stocks, "", Texts.Dog]), answer.Floats());
        Assert.Null(answer.Header("X-Truncated-Inputs"));
        Assert.Null(answer.Header("Warning"));
    }

    [Fact]
    public async Task A_response_has_OpenAIs_fields_the_served_models_name_and_its_token_count()
    {
        var answer = await fixture.Server.PostAsync(
            $$"""{"model": "text-embedding-3-small", "input": ["{{Texts.Dog}}", "{{Texts.Stocks}}"]}""");

        Assert.Equal(["object", "data", "model", "usage"], answer.Body.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("list", DemoModel.Name), (answer.Body.Text("object"), answer.Body.Text("model")));
        Assert.Equal(
            [("embedding", 0), ("embedding", 1)],
            answer.Body.GetProperty("data").EnumerateArray().Select(item => (item.Text("object"), item.GetProperty("index").GetInt32())));
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        var tokens = tokenizer.CountTokens(Texts.Dog) + tokenizer.CountTokens(Texts.Stocks);
        Assert.Equal($$"""{"prompt_tokens":{{tokens}},"total_tokens":{{tokens}}}""", answer.Body.GetProperty("usage").GetRawText());
    }

    [Theory]
    [InlineData("\"A dog runs in the park.\"")]
    [InlineData("[\"A dog runs in the park.\"]")]
    [InlineData("\"A dog \\u0072uns in the park.\"")]
    public async Task A_single_text_does_not_need_an_array(string input)
    {
        var answer = await fixture.Server.PostAsync($$"""{"input": {{input}}}""");

        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog]), answer.Floats());
    }

    [Fact]
    public async Task Base64_is_the_bytes_of_the_floats()
    {
        var answer = await fixture.Server.PostAsync($$"""{"input": ["{{Texts.Dog}}", "{{Texts.Stocks}}"], "encoding_format": "base64"}""");

        var vectors = answer.Body.GetProperty("data").EnumerateArray().Select(item => Vectors.FromBase64(item.GetProperty("embedding")));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog, Texts.Stocks]), [.. vectors]);
    }

    [Fact]
    public async Task Floats_read_back_exactly()
    {
        var floats = (await fixture.Server.PostAsync($$"""{"input": "{{Texts.Dog}}"}""")).Floats();
        var base64 = await fixture.Server.PostAsync($$"""{"input": "{{Texts.Dog}}", "encoding_format": "base64"}""");

        Assert.Equal(Vectors.FromBase64(base64.Body.GetProperty("data")[0].GetProperty("embedding")), floats.Single());
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_truncated_and_counted()
    {
        var answer = await fixture.Server.PostAsync($$"""{"input": ["{{Texts.Long}}", "{{Texts.Dog}}", "{{Texts.Long}}"]}""");

        Assert.Equal((HttpStatusCode.OK, "2"), (answer.Status, answer.Header("X-Truncated-Inputs")));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Long, Texts.Dog, Texts.Long]), answer.Floats());
    }

    [Fact]
    public async Task Only_the_models_own_dimensions_are_accepted()
    {
        var own = await fixture.Server.PostAsync($$"""{"input": "{{Texts.Dog}}", "dimensions": {{DemoModel.Dimensions}}}""");
        var error = (await fixture.Server.PostAsync("""{"input": "x", "dimensions": 128}""")).OpenAI(HttpStatusCode.BadRequest);

        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.Equal(
            "The field 'dimensions' is 128, but this model's vectors have 256 dimensions and cannot be shortened. Omit the field.",
            error.Text("message"));
        Assert.Equal("dimensions", error.Text("param"));
    }

    [Fact]
    public async Task A_null_field_is_treated_as_missing()
    {
        var answer = await fixture.Server.PostAsync(
            """{"input": "x", "model": null, "encoding_format": null, "dimensions": null, "user": null}""");

        Vectors.Equal(await Vectors.EmbedAsync(["x"]), answer.Floats());
    }

    [Theory]
    [InlineData("my-request_1.a", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("<script>", false)]
    public async Task A_valid_request_ID_is_kept_and_any_other_replaced(string id, bool kept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/embeddings");
        request.Content = new StringContent("""{"input": "x"}""", null, "application/json");
        request.Headers.TryAddWithoutValidation("x-request-id", id);

        using var response = await fixture.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var answer = await Answer.ReadAsync(response);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(kept, answer.Header("x-request-id") == id);
        Assert.Matches("^[A-Za-z0-9_.-]+$", answer.Header("x-request-id"));
    }

    [Fact]
    public async Task Many_concurrent_requests_each_get_their_own_vectors()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"Text number {i} of many.")];

        var answers = await Task.WhenAll(texts.Select(text => fixture.Server.PostAsync($$"""{"input": "{{text}}"}""")));

        Vectors.Equal(await Vectors.EmbedAsync(texts), [.. answers.Select(answer => answer.Floats().Single())]);
    }

    [Fact]
    public async Task A_response_of_many_pieces_is_complete()
    {
        string[] texts = [.. Enumerable.Range(0, 600).Select(i => $"Item {i}.")];

        var answer = await fixture.Server.PostAsync($$"""{"input": {{JsonSerializer.Serialize(texts)}}}""");

        Vectors.Equal(await Vectors.EmbedAsync(texts), answer.Floats());
    }
}
