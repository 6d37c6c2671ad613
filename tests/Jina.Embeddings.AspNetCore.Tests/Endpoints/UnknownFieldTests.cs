using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Requests;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Fields that this server does not know are ignored, unless the options are strict.</summary>
public sealed class UnknownFieldTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("""{"input": "x", "drop_params": true}""", "drop_params")]
    [InlineData("""{"stream": [[1]], "input": "x", "keep_alive": "5m", "options": {"truncate": 1}}""", "stream, keep_alive, options")]
    [InlineData("""{"input": "x", "input_type": "query", "input_type": "passage"}""", "input_type")]
    [InlineData("""{"input": "x", "metadata": {}, "a \"quoted\" name": 1}""", "metadata, a%20%22quoted%22%20name")]
    public async Task Unknown_fields_are_ignored_with_a_warning(string body, string names)
    {
        var answer = await fixture.Server.PostAsync(body);

        Assert.Equal((HttpStatusCode.OK, $"299 - \"ignored fields: {names}\""), (answer.Status, answer.Header("Warning")));
        Vectors.Equal(await Vectors.EmbedAsync(["x"]), answer.Floats());
    }

    [Fact]
    public async Task Null_is_absent_everywhere()
    {
        var answer = await fixture.Server.PostAsync(
            """
            {"input": [{"text": "x", "image": null}], "embedding_type": [null, "float"], "options": null, "return_multivector": null}
            """);

        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Header("Warning")));
        Vectors.Equal(await Vectors.EmbedAsync(["x"]), answer.Floats());
    }

    [Fact]
    public async Task A_task_has_a_warning_of_its_own()
    {
        var answer = await fixture.Server.PostAsync("""{"input": "x", "task": "t", "a": 1}""");

        Assert.Equal(
            "299 - \"task is ignored: this model does not support tasks\",299 - \"ignored fields: a\"",
            answer.Header("Warning"));
    }

    [Fact]
    public async Task The_warning_has_at_most_500_bytes()
    {
        var fields = Enumerable.Range(0, 1000).Select(i => $"\"{new string('n', 60)}{i}\": 1");

        var answer = await fixture.Server.PostAsync($$"""{"input": "x", {{string.Join(", ", fields)}}}""");

        Assert.InRange(answer.Header("Warning")!.Length, 300, 500);
    }

    [Fact]
    public async Task Each_field_is_logged_once_and_the_log_is_bounded()
    {
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(builder: web => web.Logging.AddProvider(log));

        for (var i = 0; i < 30; i++)
        {
            var fields = Enumerable.Range(0, 8).Select(field => $"\"field{i / 2}_{field}\": 1");
            await server.PostAsync($$"""{"input": "x", {{string.Join(", ", fields)}}}""");
        }

        var lines = log.All.Where(line => line is { Level: LogLevel.Warning, Category: "Jina.Embeddings.AspNetCore" })
            .Select(line => line.Text)
            .ToList();
        Assert.Single(lines, line => line.Contains("unknown field field0_0,", StringComparison.Ordinal));
        Assert.Equal(100, lines.Count);
    }

    [Fact]
    public async Task A_missing_input_names_the_unknown_fields()
    {
        var error = (await fixture.Server.PostAsync("""{"inputs": "x"}""")).OpenAI(HttpStatusCode.BadRequest);

        Assert.EndsWith(" Unknown fields: inputs.", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_strict_fields_each_unknown_field_is_rejected()
    {
        await using var server = await TestServer.StartAsync(options => options.StrictFields = true);
        foreach (var body in BadBodies.Unknown())
        {
            var error = (await server.PostAsync(body.Text)).OpenAI(HttpStatusCode.BadRequest);

            Assert.StartsWith("Unknown field '", error.Text("message"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"float\"")]
    [InlineData("[\"float\"]")]
    public async Task An_encoding_type_is_an_embedding_type(string type)
    {
        // This is the body of LlamaIndex's JinaEmbedding.
        var answer = await fixture.Server.PostAsync(
            $$"""{"input": ["x"], "model": "jina-embeddings-v2-base-en", "encoding_type": {{type}}}""");
        var both = await fixture.Server.PostAsync("""{"input": "x", "encoding_type": "float", "embedding_type": "float"}""");

        Vectors.Equal(await Vectors.EmbedAsync(["x"]), answer.Floats());
        Assert.Null(answer.Header("Warning"));
        Assert.Equal(
            "The fields 'embedding_type' and 'encoding_type' have the same meaning. Send one of them.",
            both.Jina(HttpStatusCode.UnprocessableEntity).Text("detail"));
    }

    [Fact]
    public async Task Dimensions_can_be_a_string()
    {
        var own = await fixture.Server.PostAsync($$"""{"input": "x", "dimensions": "{{DemoModel.Dimensions}}"}""");
        var other = (await fixture.Server.PostAsync("""{"input": "x", "dimensions": "512"}""")).OpenAI(HttpStatusCode.BadRequest);

        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.StartsWith("The field 'dimensions' is 512, but", other.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_vectors_per_input_are_rejected()
    {
        var accepted = await fixture.Server.PostAsync("""{"input": "x", "return_multivector": false}""");
        var error = (await fixture.Server.PostAsync("""{"input": "x", "return_multivector": true}"""))
            .Jina(HttpStatusCode.UnprocessableEntity);

        Assert.Equal((HttpStatusCode.OK, null), (accepted.Status, accepted.Header("Warning")));
        Assert.StartsWith("The field 'return_multivector' is true", error.Text("detail"), StringComparison.Ordinal);
    }
}
