using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Internal failures are logged in detail, and the caller gets a general error.</summary>
public sealed class FailureTests
{
    private const string OneText = """{"input": "private text"}""";
    private const string OneJinaText = """{"input": "private text", "truncate": true}""";

    [Fact]
    public async Task An_unexpected_exception_is_an_internal_error_with_an_ID_that_the_log_has()
    {
        using var log = new LogLines();
        await using var server = await StartAsync(log, _ => throw new NotSupportedException("inner detail"));

        var openAI = await server.PostAsync(OneText);
        var jina = await server.PostAsync(OneJinaText);

        Assert.Equal("internal_error", openAI.OpenAI(HttpStatusCode.InternalServerError).Text("code"));
        Assert.Equal("INTERNAL_ERROR", jina.Jina(HttpStatusCode.InternalServerError).Text("code"));
        foreach (var answer in new[] { openAI, jina })
        {
            Assert.DoesNotContain("inner detail", answer.Text, StringComparison.Ordinal);
            var errors = log.All.Where(line => line.Level == LogLevel.Error).Select(line => line.Text);
            Assert.Contains(errors, text => text.Contains(answer.Header("x-request-id")!, StringComparison.Ordinal)
                && text.Contains("inner detail", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Vectors_that_JSON_cannot_represent_are_an_internal_error()
    {
        using var log = new LogLines();
        await using var server = await StartAsync(
            log, embeddings => [.. embeddings.Select(_ => new Embedding<float>(new[] { 1, float.NaN }))]);

        (await server.PostAsync(OneText)).OpenAI(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task Too_few_vectors_are_an_internal_error()
    {
        using var log = new LogLines();
        await using var server = await StartAsync(log, embeddings => [.. embeddings.Skip(1)]);

        (await server.PostAsync(OneText)).OpenAI(HttpStatusCode.InternalServerError);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    public async Task Vectors_of_several_lengths_or_without_components_are_an_internal_error(int first, int second)
    {
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(
            builder: web =>
            {
                web.Logging.AddProvider(log);
                web.Services.AddJinaEmbeddings(DemoModel.Model).Use(inner => new ChangedVectors(
                    inner, _ => [new Embedding<float>(Ones(first)), new Embedding<float>(Ones(second))]));
            },
            map: DialectFixture.MapAll);

        var cloud = await server.PostAsync("""{"input": ["a", "b"]}""");
        var ollama = await server.PostToAsync("/api/embed", """{"input": ["a", "b"]}""");
        var similarity = await server.PostToAsync("/similarity", """{"inputs": {"source_sentence": "a", "sentences": ["b"]}}""");

        cloud.OpenAI(HttpStatusCode.InternalServerError);
        Assert.NotEmpty(ollama.Ollama(HttpStatusCode.InternalServerError));
        Assert.Equal("Backend", similarity.Inference(HttpStatusCode.FailedDependency).Text("error_type"));
        Assert.Equal(3, log.All.Count(line => line.Text.Contains("several lengths", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Counts_are_left_out_if_middleware_hides_them()
    {
        using var log = new LogLines();
        await using var server = await StartAsync(log, embeddings => [.. embeddings]);

        var answer = await server.PostAsync($$"""{"input": "{{Texts.Long}}"}""");

        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Header("X-Truncated-Inputs")));
        Assert.Equal(0, answer.Body.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_503_until_it_can()
    {
        using var folder = new TemporaryFolder();
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(builder: web =>
        {
            web.Logging.AddProvider(log);
            web.Services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory(folder.Path));
        });

        var openAI = await server.PostAsync(OneText);
        var jina = await server.PostAsync(OneJinaText);
        DemoModelCopy.To(folder);
        var later = await server.PostAsync(OneText);

        Assert.Equal("service_unavailable", openAI.OpenAI(HttpStatusCode.ServiceUnavailable).Text("code"));
        Assert.Equal("SERVICE_UNAVAILABLE", jina.Jina(HttpStatusCode.ServiceUnavailable).Text("code"));
        Assert.Equal(("30", "30"), (openAI.Header("Retry-After"), jina.Header("Retry-After")));
        Assert.DoesNotContain(folder.Path, openAI.Text + jina.Text, StringComparison.Ordinal);
        Assert.Contains(log.All, line => line.Level == LogLevel.Error && line.Text.Contains(folder.Path, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, later.Status);
    }

    [Fact]
    public async Task A_model_whose_inference_fails_is_not_reported_as_missing()
    {
        using var log = new LogLines();
        await using var server = await StartAsync(
            log, _ => throw new JinaModelException("model.onnx", "ONNX Runtime cannot run this graph."));

        var answer = await server.PostAsync(OneText);

        var message = answer.OpenAI(HttpStatusCode.ServiceUnavailable).Text("message");
        Assert.StartsWith("The model cannot be run.", message, StringComparison.Ordinal);
        Assert.Contains(log.All, line => line.Level == LogLevel.Error && line.Text.Contains("model.onnx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_without_memory_answers_503_and_logs_the_option()
    {
        using var log = new LogLines();
        await using var server = await StartAsync(log, _ => throw new InsufficientMemoryException());

        var answer = await server.PostAsync(OneText);

        Assert.Equal("service_unavailable", answer.OpenAI(HttpStatusCode.ServiceUnavailable).Text("code"));
        Assert.Equal("5", answer.Header("Retry-After"));
        Assert.Contains(
            log.All, line => line.Level == LogLevel.Error && line.Text.Contains("MaxMemoryBytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Texts_keys_and_names_are_never_logged()
    {
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(
            options => options.ApiKeys.Add("secret-key-1"),
            web =>
            {
                web.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.None).AddProvider(log);
                web.Services.AddJinaEmbeddings(DemoModel.Model);
            });

        await server.PostAsync(OneText);
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer secret-key-1");
        string[] bodies =
        [
            OneText, OneJinaText, """{"input": ["private text", 1]}""", """{"private text": 1}""",
            """{"input": "x", "model": "private text", "encoding_format": "private text"}""",
        ];
        foreach (var body in bodies)
        {
            await server.PostAsync(body);
        }

        Assert.Contains(log.All, line => line.Category == "Jina.Embeddings.AspNetCore");
        Assert.DoesNotContain(log.All, line => line.Text.Contains("private", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }

    private static float[] Ones(int length) => [.. Enumerable.Repeat(1f, length)];

    private static Task<TestServer> StartAsync(
        LogLines log, Func<GeneratedEmbeddings<Embedding<float>>, GeneratedEmbeddings<Embedding<float>>> change) =>
        TestServer.StartAsync(builder: web =>
        {
            web.Logging.AddProvider(log);
            web.Services.AddJinaEmbeddings(DemoModel.Model).Use(inner => new ChangedVectors(inner, change));
        });
}
