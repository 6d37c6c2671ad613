using System.Net;
using System.Numerics.Tensors;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Tests.Dialects;

/// <summary>Tests the routes of Text Embeddings Inference that return vectors, and the description.</summary>
public sealed class InferenceTests(DialectFixture fixture) : IClassFixture<DialectFixture>
{
    [Theory]
    [InlineData("/embed")]
    [InlineData("/")]
    public async Task Vectors_equal_the_generators_own_and_are_in_order(string path)
    {
        var answer = await fixture.Server.PostToAsync(path, $$"""{"inputs": ["{{Texts.Dog}}", "{{Texts.Stocks}}", ""]}""");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.Header("Content-Type")));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog, Texts.Stocks, ""]), Vectors2D(answer));
    }

    [Theory]
    [InlineData("""{"inputs": "TEXT"}""")]
    [InlineData("""{"inputs": ["TEXT"], "truncate": true}""")]
    [InlineData("""{"inputs": ["TEXT"], "truncation_direction": "right", "prompt_name": null, "normalize": true}""")]
    [InlineData("""{"inputs": ["TEXT"], "truncation_direction": "Right", "dimensions": 256, "encoding_format": "float"}""")]
    [InlineData("""{"inputs": ["TEXT"], "model": "any"}""")]
    [InlineData("""{"inputs": ["replaced", "by"], "inputs": ["TEXT"]}""")]
    public async Task Requests_of_known_clients_are_answered(string body)
    {
        var answer = await EmbedAsync(body.Replace("TEXT", Texts.Dog, StringComparison.Ordinal));

        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog]), Vectors2D(answer));
    }

    [Fact]
    public async Task Vectors_are_the_models_own_if_the_request_wants_them()
    {
        var answer = await EmbedAsync($$"""{"inputs": "{{Texts.Dog}}", "normalize": false}""");

        Vectors.Equal(await Vectors.EmbedAsync([Texts.Dog], normalize: false), Vectors2D(answer));
    }

    [Fact]
    public async Task Token_IDs_are_those_of_the_model()
    {
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        var dog = JsonSerializer.Serialize(tokenizer.EncodeToIds(Texts.Dog));
        var stocks = JsonSerializer.Serialize(tokenizer.EncodeToIds(Texts.Stocks));
        var expected = await Vectors.EmbedAsync([Texts.Dog, Texts.Stocks]);

        var one = await EmbedAsync($$"""{"inputs": {{dog}}}""");
        var two = await EmbedAsync($$"""{"inputs": [{{dog}}, {{stocks}}]}""");

        Vectors.Equal([expected[0]], Vectors2D(one));
        Vectors.Equal(expected, Vectors2D(two));
    }

    [Fact]
    public async Task A_long_text_is_truncated_and_counted_unless_the_request_forbids_it()
    {
        var truncated = await EmbedAsync($$"""{"inputs": ["{{Texts.Long}}", "{{Texts.Dog}}"]}""");
        var rejected = await EmbedAsync($$"""{"inputs": "{{Texts.Long}}", "truncate": false}""");

        Assert.Equal("1", truncated.Header("X-Truncated-Inputs"));
        Vectors.Equal(await Vectors.EmbedAsync([Texts.Long, Texts.Dog]), Vectors2D(truncated));
        Assert.Equal("Validation", rejected.Inference(HttpStatusCode.UnprocessableEntity).Text("error_type"));
    }

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("{", "The body is not valid JSON")]
    [InlineData("{}", "The field 'inputs' is missing or empty.")]
    [InlineData("""{"inputs": []}""", "The field 'inputs' is missing or empty.")]
    [InlineData("""{"inputs": null}""", "The field 'inputs' is missing or empty.")]
    [InlineData("""{"inputs": 7}""", "The field 'inputs' is a number.")]
    [InlineData("""{"inputs": [null]}""", "The field 'inputs[0]' is null.")]
    [InlineData("""{"inputs": ["x", [5]]}""", "The field 'inputs[1]' is an array.")]
    [InlineData("""{"inputs": [[5], "x"]}""", "The field 'inputs[1]' is a string.")]
    [InlineData("""{"inputs": [[]]}""", "The field 'inputs[0]' is an empty array.")]
    [InlineData("""{"inputs": [5, "x"]}""", "The field 'inputs[1]' is a string.")]
    [InlineData("""{"inputs": [5, 99999999]}""", "Token ID 99999999 at index 1 of input 0 is not in this model's vocabulary")]
    [InlineData("""{"inputs": [[5], [6, "x"]]}""", "The field 'inputs[1][1]' is a string.")]
    [InlineData("""{"inputs": "\ud800"}""", "The field 'inputs' is not valid Unicode")]
    [InlineData("""{"inputs": ["x", "\ud800"]}""", "The field 'inputs[1]' is not valid Unicode")]
    [InlineData("""{"inputs": "x", "truncation_direction": "Left"}""", "The field 'truncation_direction' is not \"Right\".")]
    [InlineData("""{"inputs": "x", "prompt_name": "query"}""", "The field 'prompt_name' is set")]
    [InlineData("""{"inputs": "x", "normalize": "yes"}""", "The field 'normalize' is a string.")]
    [InlineData("""{"inputs": "x", "dimensions": 128}""", "The field 'dimensions' is 128")]
    [InlineData("""{"inputs": "x", "dimensions": 1024}""", "The field 'dimensions' is 1024")]
    public async Task A_bad_body_is_rejected_in_the_shape_of_the_interface(string body, string begin)
    {
        var error = (await EmbedAsync(body)).Inference(HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(begin, error.Text("error"), StringComparison.Ordinal);
        Assert.Equal("Validation", error.Text("error_type"));
    }

    [Fact]
    public async Task Another_content_type_is_rejected() => Assert.Equal(
        "Validation",
        (await fixture.Server.PostToAsync("/embed", """{"inputs": "x"}""", "text/plain"))
            .Inference(HttpStatusCode.UnsupportedMediaType).Text("error_type"));

    [Fact]
    public async Task Similarities_are_the_cosines_with_the_source_in_order()
    {
        var vectors = await Vectors.EmbedAsync([Texts.Dog, Texts.Stocks, Texts.Dog, ""]);

        var answer = await fixture.Server.PostToAsync(
            "/similarity",
            $$"""
            {
              "inputs": {"source_sentence": "{{Texts.Dog}}", "sentences": ["{{Texts.Stocks}}", "{{Texts.Dog}}", ""]},
              "parameters": {"truncate": false}
            }
            """);

        var similarities = Answer.Numbers(answer.Body);
        Assert.Equal(3, similarities.Length);
        for (var i = 0; i < similarities.Length; i++)
        {
            Assert.Equal(TensorPrimitives.CosineSimilarity(vectors[0], vectors[i + 1]), similarities[i], 1e-5f);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"inputs": "x"}""")]
    [InlineData("""{"inputs": {"source_sentence": "x"}}""")]
    [InlineData("""{"inputs": {"source_sentence": "x", "sentences": []}}""")]
    [InlineData("""{"inputs": {"source_sentence": ["x"], "sentences": ["y"]}}""")]
    [InlineData("""{"inputs": {"sentences": ["y"]}}""")]
    [InlineData("""{"inputs": {"source_sentence": "x", "sentences": ["y", 1]}}""")]
    [InlineData("""{"inputs": {"source_sentence": "x", "sentences": ["y"]}, "parameters": 1}""")]
    [InlineData("""{"inputs": {"source_sentence": "x", "sentences": ["y"]}, "parameters": {"prompt_name": "query"}}""")]
    public async Task A_comparison_needs_a_source_and_sentences(string body) => Assert.Equal(
        "Validation",
        (await fixture.Server.PostToAsync("/similarity", body)).Inference(HttpStatusCode.UnprocessableEntity).Text("error_type"));

    [Fact]
    public async Task The_description_has_what_clients_read()
    {
        var info = (await fixture.Server.GetAsync("/info")).Body;

        Assert.Equal((DemoModel.Name, DemoModel.Name), (info.Text("model_id"), info.Text("served_model_name")));
        Assert.Equal("""{"embedding":{"pooling":"mean"}}""", info.GetProperty("model_type").GetRawText());
        Assert.Equal(512, info.GetProperty("max_input_length").GetInt32());
        Assert.Equal(2048, info.GetProperty("max_client_batch_size").GetInt32());
        Assert.Equal(300_000, info.GetProperty("max_batch_tokens").GetInt32());
        Assert.True(info.GetProperty("auto_truncate").GetBoolean());
        Assert.Equal(JsonValueKind.Null, info.GetProperty("max_batch_requests").ValueKind);
    }

    [Fact]
    public async Task The_first_model_is_described_if_all_have_keys()
    {
        using var folder = new TemporaryFolder();
        var first = Path.GetFileName(DemoModelCopy.To(folder));
        await using var server = await TestServer.StartAsync(
            builder: web =>
            {
                web.Services.AddKeyedJinaEmbeddings("first", JinaEmbeddingModel.FromDirectory(folder.Path));
                web.Services.AddKeyedJinaEmbeddings("second", DemoModel.Model);
            },
            map: DialectFixture.MapAll);

        var info = await server.GetAsync("/info");

        Assert.Equal((HttpStatusCode.OK, first), (info.Status, info.Body.Text("served_model_name")));
    }

    private Task<Answer> EmbedAsync(string body) => fixture.Server.PostToAsync("/embed", body);

    private static float[][] Vectors2D(Answer answer) => [.. answer.Body.EnumerateArray().Select(Answer.Numbers)];
}
