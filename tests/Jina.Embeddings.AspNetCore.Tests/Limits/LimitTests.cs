using System.Globalization;
using System.Net;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

public sealed class LimitTests
{
    private const string OneText = """{"input": "x"}""";
    private const string OneJinaText = """{"input": "x", "truncate": true}""";

    [Fact]
    public async Task A_request_over_the_concurrency_limit_is_rejected_with_a_retry_time()
    {
        var gate = new Gate();
        await using var server = await TestServer.StartAsync(options => options.MaxConcurrentRequests = 2, web => AddGated(web, gate));
        Task<Answer>[] running = [server.PostAsync(OneText), server.PostAsync(OneText)];
        await gate.ArrivedAsync(2);

        var openAI = await server.PostAsync(OneText);
        var jina = await server.PostAsync(OneJinaText);
        gate.Open();

        Assert.Equal("rate_limit_exceeded", openAI.OpenAI(HttpStatusCode.TooManyRequests).Text("code"));
        Assert.Equal("RATE_CONCURRENCY_LIMIT_EXCEEDED", jina.Jina(HttpStatusCode.TooManyRequests).Text("code"));
        AssertRetryAfter(openAI);
        AssertRetryAfter(jina);
        Assert.All(await Task.WhenAll(running), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(OneText)).Status);
    }

    [Fact]
    public async Task Inputs_that_do_not_fit_in_the_queue_are_rejected_with_a_retry_time()
    {
        var gate = new Gate();
        await using var server = await TestServer.StartAsync(
            options => (options.MaxQueuedInputs, options.MaxInputs) = (5, 5), web => AddGated(web, gate));
        var running = server.PostAsync("""{"input": ["a", "b", "c"]}""");
        await gate.ArrivedAsync();
        var fits = server.PostAsync("""{"input": ["d", "e"]}""");
        await gate.ArrivedAsync();

        var openAI = await server.PostAsync(OneText);
        var jina = await server.PostAsync(OneJinaText);
        gate.Open();

        Assert.Equal(
            "The server's queue is full: it has 5 inputs, this request adds 1, and at most 5 are allowed. "
            + "Try again later, or send fewer inputs.",
            openAI.OpenAI(HttpStatusCode.ServiceUnavailable).Text("message"));
        Assert.Equal("SERVICE_UNAVAILABLE", jina.Jina(HttpStatusCode.ServiceUnavailable).Text("code"));
        AssertRetryAfter(openAI);
        AssertRetryAfter(jina);
        Assert.All(await Task.WhenAll(running, fits), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("""{"input": ["a", "b", "c", "d", "e"]}""")).Status);
    }

    [Theory]
    [InlineData("""["a", "b", "c"]""", """["a", "b", "c", "d"]""")]
    [InlineData("[[5], [5], [5]]", "[[5], [5], [5], [5]]")]
    [InlineData("[5, 5, 5, 5, 5]", "[[5], [5], [5], [5]]")]
    public async Task More_inputs_than_allowed_are_rejected(string most, string tooMany)
    {
        await using var server = await TestServer.StartAsync(options => options.MaxInputs = 3);

        var accepted = await server.PostAsync($$"""{"input": {{most}}}""");
        var error = (await server.PostAsync($$"""{"input": {{tooMany}}}""")).OpenAI(HttpStatusCode.RequestEntityTooLarge);
        var jina = (await server.PostAsync($$"""{"input": {{tooMany}}, "normalized": true}""")).Jina(HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(HttpStatusCode.OK, accepted.Status);
        Assert.Equal(
            ("The request has more than 3 inputs. Send at most 3 inputs per request.", "input"),
            (error.Text("message"), error.Text("param")));
        Assert.Equal("INPUT_TOO_MANY", jina.Text("code"));
    }

    [Fact]
    public async Task The_default_limit_is_2048_inputs()
    {
        await using var server = await TestServer.StartAsync();
        static string Request(int count) =>
            $$"""{"input": {{JsonSerializer.Serialize(Enumerable.Repeat("x", count))}}, "encoding_format": "base64"}""";

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Request(2048))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.PostAsync(Request(2049))).Status);
    }

    [Fact]
    public async Task Tokens_are_counted_after_truncation()
    {
        var tokenizer = await DemoModel.Generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        var dog = tokenizer.CountTokens(Texts.Dog);
        await using var server = await TestServer.StartAsync(
            options => (options.MaxTokens, options.TokenIdEncoding) = (512 + dog, TokenIdEncoding.Model));

        var accepted = await server.PostAsync($$"""{"input": ["{{Texts.Long}}", "{{Texts.Dog}}"]}""");
        var texts = await server.PostAsync($$"""{"input": ["{{Texts.Long}}", "{{Texts.Dog}}", ""]}""");
        var ids = JsonSerializer.Serialize(Enumerable.Repeat(5, 600));
        var acceptedIds = await server.PostAsync($$"""{"input": [{{ids}}, {{JsonSerializer.Serialize(Enumerable.Repeat(5, dog - 1))}}]}""");
        var rejectedIds = await server.PostAsync($$"""{"input": [{{ids}}, {{JsonSerializer.Serialize(Enumerable.Repeat(5, dog))}}]}""");

        Assert.Equal(512 + dog, accepted.Body.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal("max_tokens_per_request", texts.OpenAI(HttpStatusCode.RequestEntityTooLarge).Text("code"));
        Assert.Equal(HttpStatusCode.OK, acceptedIds.Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, rejectedIds.Status);
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("[\"{0}\"]")]
    public async Task A_request_that_does_not_fit_in_memory_is_rejected_with_a_retry_time(string input)
    {
        var gate = new Gate();
        await using var server = await StartSmallAsync(gate);
        var large = $"{{\"input\": {string.Format(CultureInfo.InvariantCulture, input, new string('x', 900_000))}}}";
        var first = server.PostAsync(large);
        await gate.ArrivedAsync();
        var second = server.PostAsync(large);
        await gate.ArrivedAsync();

        // Both requests hold 1.8 MB of text, and reading the third one takes 3.6 MB. At most 7 MB are allowed.
        var openAI = await server.PostAsync(large);
        var jina = await server.PostAsync($"{{\"truncate\": true, \"input\": \"{new string('x', 900_000)}\"}}");
        var small = server.PostAsync(OneText);
        gate.Open();

        var error = openAI.OpenAI(HttpStatusCode.TooManyRequests);
        Assert.StartsWith("Memory limit exceeded: the requests of this server hold ", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal("RATE_CONCURRENCY_LIMIT_EXCEEDED", jina.Jina(HttpStatusCode.TooManyRequests).Text("code"));
        AssertRetryAfter(openAI);
        AssertRetryAfter(jina);
        Assert.All([await first, await second, await small], answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(large)).Status);
    }

    [Fact]
    public async Task The_memory_of_a_request_is_released_after_an_answer_and_after_a_rejection()
    {
        var gate = new Gate();
        gate.Open();
        await using var server = await StartSmallAsync(gate);
        var text = new string('x', 900_000);
        string[] bodies =
        [
            $"{{\"input\": \"{text}\"}}", $"{{\"input\": \"{text}\"", $"{{\"{text}\": 1}}", $"{{\"input\": \"x\", \"user\": \"{text}\"}}",
            $"{{\"input\": \"{text}{text}\"}}", $"{{\"input\": \"x\", \"dimensions\": 7, \"user\": \"{text}\"}}",
            $"{{\"input\": [{string.Join(',', Enumerable.Repeat(9, 400_000))}]}}",
            $"{{\"input\": [{string.Join(',', Enumerable.Repeat(-9, 300_000))}]}}",
            $"{{\"input\": [{new string(',', 900_000)}]}}", $"{{\"input\": [1{new string('[', 900_000)}",
        ];
        foreach (var body in Enumerable.Repeat(bodies, 3).SelectMany(all => all))
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await server.PostAsync(body)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(bodies[0])).Status);
    }

    private static Task<TestServer> StartSmallAsync(Gate gate) => TestServer.StartAsync(
        options => (options.MaxBodyBytes, options.MaxMemoryBytes, options.MaxInputs) = (1_000_000, 7_000_000, 100),
        web => AddGated(web, gate));

    private static void AddGated(WebApplicationBuilder web, Gate gate) => web.Services.AddJinaEmbeddings(DemoModel.Model).Use(gate.Around);

    private static void AssertRetryAfter(Answer answer) =>
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 3600);
}
