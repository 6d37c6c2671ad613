using System.Globalization;
using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Tests.Dialects;

/// <summary>Keys, limits and failures apply to the routes of all interfaces, and each answers in its own shape.</summary>
public sealed class DialectLimitTests
{
    private const string Key = "a-key-of-this-test";
    private const string OllamaText = """{"input": "x"}""";
    private const string InferenceText = """{"inputs": "x"}""";

    [Fact]
    public async Task Every_route_needs_a_key_except_the_root()
    {
        await using var server = await TestServer.StartAsync(options => options.ApiKeys.Add(Key), map: DialectFixture.MapAll);

        async Task<Answer[]> OllamaAsync() =>
        [
            await server.PostToAsync("/api/embed", OllamaText),
            await server.PostToAsync("/api/embeddings", """{"prompt": "x"}"""),
            await server.PostToAsync("/api/show", """{"model": "x"}"""),
            await server.GetAsync("/api/tags"),
            await server.GetAsync("/api/ps"),
            await server.GetAsync("/api/version"),
        ];
        async Task<Answer[]> InferenceAsync() =>
        [
            await server.PostToAsync("/embed", InferenceText),
            await server.PostToAsync("/", InferenceText),
            await server.PostToAsync("/similarity", """{"inputs": {"source_sentence": "x", "sentences": ["y"]}}"""),
            await server.PostToAsync("/tokenize", InferenceText),
            await server.GetAsync("/info"),
        ];

        Assert.All(await OllamaAsync(), answer => Assert.NotEmpty(answer.Ollama(HttpStatusCode.Unauthorized)));
        Assert.All(await InferenceAsync(), answer => answer.Inference(HttpStatusCode.Unauthorized));
        Assert.Equal("Ollama is running", (await server.GetAsync("/")).Text);
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {Key}");
        Assert.All([.. await OllamaAsync(), .. await InferenceAsync()], answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task The_concurrency_limit_applies_to_all_routes_together()
    {
        var gate = new Gate();
        await using var server = await StartGatedAsync(gate, options => options.MaxConcurrentRequests = 2);
        Task<Answer>[] running = [server.PostToAsync("/api/embed", OllamaText), server.PostToAsync("/embed", InferenceText)];
        await gate.ArrivedAsync(2);

        var cloud = await server.PostAsync("""{"input": "x"}""");
        var ollama = await server.PostToAsync("/api/embed", OllamaText);
        var inference = await server.PostToAsync("/embed", InferenceText);
        gate.Open();

        cloud.OpenAI(HttpStatusCode.TooManyRequests);
        Assert.NotEmpty(ollama.Ollama(HttpStatusCode.TooManyRequests));
        Assert.Equal("Overloaded", inference.Inference(HttpStatusCode.TooManyRequests).Text("error_type"));
        Assert.All([cloud, ollama, inference], AssertRetryAfter);
        Assert.All(await Task.WhenAll(running), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task The_queue_is_shared()
    {
        var gate = new Gate();
        await using var server = await StartGatedAsync(gate, options => (options.MaxQueuedInputs, options.MaxInputs) = (3, 3));
        var running = server.PostToAsync("/api/embed", """{"input": ["a", "b"]}""");
        await gate.ArrivedAsync();

        var ollama = await server.PostToAsync("/api/embed", """{"input": ["a", "b"]}""");
        var inference = await server.PostToAsync("/embed", """{"inputs": ["a", "b"]}""");
        var tokenize = await server.PostToAsync("/tokenize", """{"inputs": ["a", "b"]}""");
        var fits = await server.PostToAsync("/tokenize", """{"inputs": "a"}""");
        gate.Open();

        Assert.StartsWith(
            "The server's queue is full", ollama.Ollama(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Equal("Overloaded", inference.Inference(HttpStatusCode.ServiceUnavailable).Text("error_type"));
        Assert.Equal("Overloaded", tokenize.Inference(HttpStatusCode.ServiceUnavailable).Text("error_type"));
        Assert.All([ollama, inference, tokenize], AssertRetryAfter);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (fits.Status, (await running).Status));
    }

    [Fact]
    public async Task More_inputs_than_allowed_are_rejected()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxInputs = 2, map: DialectFixture.MapAll);

        var ollama = await server.PostToAsync("/api/embed", """{"input": ["a", "b", "c"]}""");
        var inference = await server.PostToAsync("/embed", """{"inputs": ["a", "b", "c"]}""");
        var ids = await server.PostToAsync("/embed", """{"inputs": [[5], [5], [5]]}""");
        var similarity = await server.PostToAsync(
            "/similarity", """{"inputs": {"source_sentence": "a", "sentences": ["b", "c"]}}""");
        var tokenize = await server.PostToAsync("/tokenize", """{"inputs": ["a", "b", "c"]}""");

        Assert.NotEmpty(ollama.Ollama(HttpStatusCode.RequestEntityTooLarge));
        Assert.All([inference, ids, similarity, tokenize], answer => Assert.Equal(
            "The request has more than 2 inputs. Send at most 2 inputs per request.",
            answer.Inference(HttpStatusCode.UnprocessableEntity).Text("error")));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_rejected()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxBodyBytes = 1000, map: DialectFixture.MapAll);
        var text = new string('x', 2000);

        var ollama = await server.PostToAsync("/api/embed", $$"""{"input": "{{text}}"}""");
        var inference = await server.PostToAsync("/embed", $$"""{"inputs": "{{text}}"}""");

        Assert.NotEmpty(ollama.Ollama(HttpStatusCode.RequestEntityTooLarge));
        Assert.Equal("Validation", inference.Inference(HttpStatusCode.RequestEntityTooLarge).Text("error_type"));
    }

    [Fact]
    public async Task An_unexpected_exception_is_an_internal_error()
    {
        await using var server = await TestServer.StartAsync(
            builder: web => web.Services.AddJinaEmbeddings(DemoModel.Model)
                .Use(inner => new ChangedVectors(inner, _ => throw new NotSupportedException("inner detail"))),
            map: DialectFixture.MapAll);

        var ollama = await server.PostToAsync("/api/embed", OllamaText);
        var inference = await server.PostToAsync("/embed", InferenceText);

        Assert.DoesNotContain("inner detail", ollama.Ollama(HttpStatusCode.InternalServerError), StringComparison.Ordinal);
        Assert.Equal("Backend", inference.Inference(HttpStatusCode.FailedDependency).Text("error_type"));
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_503_on_every_route_that_needs_it()
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(
            builder: web => web.Services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory(folder.Path)), map: DialectFixture.MapAll);

        var show = await server.PostToAsync("/api/show", """{"model": "x"}""");
        var info = await server.GetAsync("/info");
        var tokenize = await server.PostToAsync("/tokenize", InferenceText);
        var tags = await server.GetAsync("/api/tags");

        Assert.NotEmpty(show.Ollama(HttpStatusCode.ServiceUnavailable));
        Assert.All([info, tokenize], answer => answer.Inference(HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.OK, tags.Status);
    }

    [Fact]
    public async Task The_memory_of_requests_is_released()
    {
        await using var server = await TestServer.StartAsync(
            options => (options.MaxBodyBytes, options.MaxMemoryBytes, options.MaxInputs) = (1_000_000, 7_000_000, 100),
            map: DialectFixture.MapAll);
        var text = new string('x', 900_000);
        (string Path, string Body)[] requests =
        [
            ("/api/embed", $"{{\"input\": \"{text}\"}}"),
            ("/api/embed", $"{{\"input\": \"{text}\""),
            ("/embed", $"{{\"inputs\": \"{text}\"}}"),
            ("/embed", $"{{\"inputs\": [{string.Join(',', Enumerable.Repeat(9, 400_000))}]}}"),
            ("/tokenize", $"{{\"inputs\": \"{string.Join(' ', Enumerable.Repeat("word", 10_000))}\"}}"),
        ];
        foreach (var (path, body) in Enumerable.Repeat(requests, 3).SelectMany(all => all))
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await server.PostToAsync(path, body)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.PostToAsync(requests[0].Path, requests[0].Body)).Status);
    }

    private static Task<TestServer> StartGatedAsync(Gate gate, Action<JinaEmbeddingEndpointOptions> configure) => TestServer.StartAsync(
        configure, web => web.Services.AddJinaEmbeddings(DemoModel.Model).Use(gate.Around), DialectFixture.MapAll);

    private static void AssertRetryAfter(Answer answer) =>
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 3600);
}
