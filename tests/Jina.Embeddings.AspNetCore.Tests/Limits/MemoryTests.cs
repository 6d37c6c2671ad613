using System.Net;
using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

/// <summary>Tests the bytes that requests hold in each stage, at limits that only the tested stage exceeds.</summary>
public sealed class MemoryTests
{
    private static readonly string ManyInputs = List(500, "\"a\"");

    /// <summary>The vectors of 500 inputs take 664 KB. All else that the request holds takes 1.1 MB.</summary>
    [Theory]
    [InlineData("/v1/embeddings", "input")]
    [InlineData("/api/embed", "input")]
    [InlineData("/embed", "inputs")]
    public Task Vectors_are_counted(string path, string field) =>
        AssertCountedAsync(path, Body(field, ManyInputs), free: 1_300_000);

    /// <summary>The tokens of the document take 480 KB. All else takes 184 KB, and reading the body 434 KB.</summary>
    [Fact]
    public Task The_tokens_of_a_document_are_counted() => AssertCountedAsync(
        "/v1/embeddings", Body("input", $"{Words(40_000)}, \"late_chunking\": true"), free: 550_000);

    /// <summary>The tokens with their positions take 800 KB. All else takes 190 KB, and reading the body 207 KB.</summary>
    [Fact]
    public Task The_tokens_of_a_response_are_counted() =>
        AssertCountedAsync("/tokenize", Body("inputs", Words(10_000)), free: 400_000);

    /// <summary>Each ID is 128 spaces. They take 384 KB while they are converted, and 256 KB after that.</summary>
    [Fact]
    public Task The_texts_of_token_IDs_are_counted() =>
        AssertCountedAsync("/v1/embeddings", Body("input", List(1000, "58040")), free: 340_000);

    [Fact]
    public async Task Vectors_of_an_export_are_counted_before_its_first_load()
    {
        using var folder = new TemporaryFolder();
        var model = ExportedModel.WriteTo(folder);
        var gate = new Gate();
        EndpointParts? parts = null;
        await using var server = await TestServer.StartAsync(
            builder: web => web.Services.AddJinaEmbeddings(model).Use(gate.Around),
            map: app =>
            {
                app.MapJinaEmbeddings();
                parts = EndpointParts.Of(app);
            });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var content = new StringContent(Body("input", ManyInputs), null, "application/json");
        var asking = server.Client.PostAsync("/v1/embeddings", content, leaving.Token);
        await gate.ArrivedAsync();

        Assert.InRange(parts!.Admission.HeldBytes, 500L * ExportedModel.Dimensions * sizeof(float), long.MaxValue);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_request_that_never_fits_is_too_large_although_its_body_fits()
    {
        await using var server = await TestServer.StartAsync(
            options => (options.MaxBodyBytes, options.MaxMemoryBytes) = (100_000, 600_000), map: DialectFixture.MapAll);

        var cloud = await server.PostAsync(Body("input", ManyInputs));
        var ollama = await server.PostToAsync("/api/embed", Body("input", ManyInputs));
        var inference = await server.PostToAsync("/embed", Body("inputs", ManyInputs));
        var tokenize = await server.PostToAsync("/tokenize", Body("inputs", Words(10_000)));

        Assert.Equal("request_too_large", cloud.OpenAI(HttpStatusCode.RequestEntityTooLarge).Text("code"));
        Assert.NotEmpty(ollama.Ollama(HttpStatusCode.RequestEntityTooLarge));
        Assert.All([inference, tokenize], answer => answer.Inference(HttpStatusCode.RequestEntityTooLarge));
        Assert.All([cloud, ollama, inference, tokenize], answer => Assert.Null(answer.Header("Retry-After")));
    }

    [Fact]
    public async Task Nothing_is_held_after_any_kind_of_request()
    {
        var gate = new Gate();
        EndpointParts? parts = null;
        await using var server = await TestServer.StartAsync(
            options => options.MaxBodyBytes = 100_000,
            web => web.Services.AddJinaEmbeddings(DemoModel.Model).Use(gate.Around),
            app =>
            {
                DialectFixture.MapAll(app);
                parts = EndpointParts.Of(app);
            });
        var running = server.PostAsync("""{"input": "x"}""");
        await gate.ArrivedAsync();
        Assert.NotEqual(0, parts!.Admission.HeldBytes);
        gate.Open();
        await running;
        (string Path, string Body)[] requests =
        [
            ("/v1/embeddings", """{"input": ["x", ""]}"""),
            ("/v1/embeddings", """{"input": [9, 10], "encoding_format": "base64"}"""),
            ("/v1/embeddings", """{"input": "x", "late_chunking": true}"""),
            ("/v1/embeddings", """{"input": " ", "late_chunking": true}"""),
            ("/v1/embeddings", """{"input": [-1]}"""),
            ("/v1/embeddings", """{"input": "x", "dimensions": 7}"""),
            ("/v1/embeddings", """{"input": """),
            ("/v1/embeddings", new string('x', 200_000)),
            ("/api/embed", """{"input": ["x", "y"]}"""),
            ("/api/embed", """{"input": []}"""),
            ("/api/embeddings", """{"prompt": "x"}"""),
            ("/api/show", """{"model": "x"}"""),
            ("/embed", """{"inputs": [[5], [6]]}"""),
            ("/embed", """{"inputs": [[5], []]}"""),
            ("/similarity", """{"inputs": {"source_sentence": "x", "sentences": ["y"]}}"""),
            ("/tokenize", """{"inputs": ["x", "y"]}"""),
            ("/tokenize", """{"inputs": 7}"""),
        ];

        foreach (var (path, body) in requests)
        {
            await server.PostToAsync(path, body);
            await Wait.UntilAsync(() => Task.FromResult(parts.Admission.HeldBytes == 0));
        }
    }

    /// <summary>Checks that a request is rejected if only some bytes are free, and answered if all are.</summary>
    private static async Task AssertCountedAsync(string path, string body, long free)
    {
        EndpointParts? parts = null;
        await using var server = await TestServer.StartAsync(map: app =>
        {
            DialectFixture.MapAll(app);
            parts = EndpointParts.Of(app);
        });
        var others = parts!.Options.MaxMemoryBytes - free;
        Assert.True(parts.Admission.TryHold(others));
        var rejected = await server.PostToAsync(path, body);
        Assert.True(parts.Admission.TryHold(-others));
        var accepted = await server.PostToAsync(path, body);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (rejected.Status, accepted.Status));
    }

    private static string Body(string field, string value) => $"{{\"{field}\": {value}}}";

    private static string List(int count, string item) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";

    private static string Words(int count) => $"\"{string.Join(' ', Enumerable.Repeat("a", count))}\"";
}
