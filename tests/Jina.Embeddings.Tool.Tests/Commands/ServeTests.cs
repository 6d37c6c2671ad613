using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>Tests a running <c>serve</c>.</summary>
public sealed class ServeTests
{
    private const string Key = "a-key-of-this-test";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_vectors_equal_those_of_embed()
    {
        await using var server = await ServeProcess.StartAsync();

        var answer = await EmbedAsync(server, new { model = "demo-en", input = "How is the weather?" });

        var expected = Assert.Single((await Tool.RunWithInputAsync("How is the weather?\n", "embed", "--model", Tool.DemoModel)).Json());
        Assert.Equal(expected.GetProperty("embedding").GetRawText(), answer.GetProperty("data")[0].GetProperty("embedding").GetRawText());
        Assert.Equal(expected.GetProperty("tokens").GetInt32(), answer.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_the_server_with_0_and_one_line_on_stdout(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        await using var server = await ServeProcess.StartAsync();

        server.Signal(signal);
        var (exitCode, output, error) = await server.WaitAsync();

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("Serving demo-en, 256 dimensions, fp32", error, StringComparison.Ordinal);
        Assert.Contains($"curl {server.Address}/v1/embeddings", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_requests_are_answered_before_the_server_ends()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        const int requests = 4;
        await using var server = await ServeProcess.StartAsync("--threads", "1");
        var text = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"word{i}"));
        var body = new { input = Enumerable.Repeat(text, 40).ToArray() };

        var answers = Enumerable.Range(0, requests).Select(_ => EmbedAsync(server, body)).ToList();
        while (await ActiveRequestsAsync(server) != requests)
        {
            Assert.DoesNotContain(answers, answer => answer.IsCompleted);
        }

        server.Signal("TERM");

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(40, answer.GetProperty("data").GetArrayLength()));
        Assert.Equal(0, (await server.WaitAsync()).ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Client.GetAsync("health", Cancellation));
    }

    [Theory]
    [InlineData("POST /v1/emb")]
    [InlineData("POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{")]
    [InlineData(
        "POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{")]
    [InlineData("POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 90\r\n\r\n{")]
    [InlineData("POST /v1/models HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")]
    public async Task A_client_that_sends_a_part_of_a_request_does_not_hold_up_the_end(string part)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        await using var server = await ServeProcess.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Address).Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(part), Cancellation);
        await server.Client.GetAsync("health", Cancellation);

        server.Signal("TERM");

        // The server would wait for 30 s. The half is a guard.
        Assert.Equal(0, (await server.WaitAsync().WaitAsync(TimeSpan.FromSeconds(15), Cancellation)).ExitCode);
    }

    [Fact]
    public async Task Requests_choose_a_model_by_name()
    {
        using var folder = new TemporaryFolder();
        var other = Path.Combine(DemoModelCopy.To(folder), "..", Path.GetFileName(folder.Path));
        await using var server = await ServeProcess.StartAsync("--model", other);
        var name = Path.GetFileName(folder.Path);

        var models = await JsonAsync(await server.Client.GetAsync("v1/models", Cancellation));

        Assert.Equal(["demo-en", name], models.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal(name, (await EmbedAsync(server, new { model = name, input = "a" })).GetProperty("model").GetString());
        Assert.Equal("demo-en", (await EmbedAsync(server, new { input = "a" })).GetProperty("model").GetString());
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await server.Client.PostAsJsonAsync("v1/embeddings", new { model = "none", input = "a" }, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_key_the_API_and_the_metrics_require_it_but_the_page_and_health_do_not(bool fromEnvironment)
    {
        await using var server = fromEnvironment
            ? await ServeProcess.StartAsync(new Dictionary<string, string> { ["JINA_EMBEDDINGS_API_KEY"] = $"another-key, {Key}" })
            : await ServeProcess.StartAsync("--api-key", "another-key", "--api-key", Key);

        async Task<HttpStatusCode[]> StatusesAsync() =>
        [
            (await server.Client.PostAsJsonAsync("v1/embeddings", new { input = "a" }, Cancellation)).StatusCode,
            (await server.Client.GetAsync("v1/models", Cancellation)).StatusCode,
            (await server.Client.GetAsync("metrics", Cancellation)).StatusCode,
            (await server.Client.GetAsync("health", Cancellation)).StatusCode,
            (await server.Client.GetAsync("", Cancellation)).StatusCode,
        ];

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK],
            await StatusesAsync());
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Assert.All(await StatusesAsync(), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task Health_returns_the_state_of_each_model()
    {
        await using var server = await ServeProcess.StartAsync();

        var health = await server.Client.GetAsync("health", Cancellation);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("""{"status":"ready","models":{"demo-en":"ready"}}""", await health.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Metrics_include_the_instruments_of_the_library_and_the_requests()
    {
        await using var server = await ServeProcess.StartAsync();
        await EmbedAsync(server, new { input = "a" });

        var metrics = await server.Client.GetStringAsync("metrics", Cancellation);

        Assert.Matches("(?m)^jina_embeddings_tokens_total\\{.*gen_ai_request_model=\"demo-en\".*\\} [1-9]", metrics);
        Assert.Contains("jina_embeddings_queue_duration_seconds_bucket", metrics, StringComparison.Ordinal);
        Assert.Matches("(?m)^http_server_request_duration_seconds_count\\{.*http_route=\"/?v1/embeddings\".*\\} 1$", metrics);
    }

    [Fact]
    public async Task Limits_are_those_of_the_command_line()
    {
        await using var server = await ServeProcess.StartAsync(
            "--strict-model", "--max-inputs", "2", "--max-tokens", "20", "--max-body", "1000", "--queue", "2", "--max-concurrent", "9",
            "--max-memory", "1000000");

        async Task<HttpStatusCode> StatusAsync(object body) =>
            (await server.Client.PostAsJsonAsync("v1/embeddings", body, Cancellation)).StatusCode;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(new { input = new[] { "a", "b" } }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(new { input = new[] { "a", "b", "c" } }));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge, await StatusAsync(new { input = string.Join(' ', Enumerable.Repeat("word", 30)) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(new { input = new string('a', 1000) }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new { model = "another", input = "a" }));
    }

    [Fact]
    public async Task Unknown_fields_and_token_IDs_are_read_as_the_command_line_says()
    {
        await using var lenient = await ServeProcess.StartAsync();
        await using var strict = await ServeProcess.StartAsync("--strict-fields", "--token-ids", "model");
        var body = new { input = new[] { 15339, 1917 } };

        var ignored = await lenient.Client.PostAsJsonAsync("v1/embeddings", new { input = "a", drop_params = true }, Cancellation);
        var rejected = await strict.Client.PostAsJsonAsync("v1/embeddings", new { input = "a", drop_params = true }, Cancellation);

        Assert.Equal("299 - \"ignored fields: drop_params\"", ignored.Headers.GetValues("Warning").Single());
        Assert.Equal(HttpStatusCode.BadRequest, rejected.StatusCode);
        Assert.Equal($"{await EmbedAsync(lenient, new { input = "hello world" })}", $"{await EmbedAsync(lenient, body)}");
        var own = await strict.Client.PostAsJsonAsync("v1/embeddings", new { input = new[] { 99_999 } }, Cancellation);
        Assert.Contains("vocabulary", await own.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//v1/embeddings")]
    [InlineData("/v1//embeddings")]
    public async Task Repeated_slashes_of_a_base_address_are_merged(string path)
    {
        await using var server = await ServeProcess.StartAsync();

        var answer = await server.Client.PostAsJsonAsync(new Uri(server.Address + path), new { input = "a" }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_compressed_body_is_read()
    {
        await using var server = await ServeProcess.StartAsync();
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync("{\"input\": \"a\"}"u8.ToArray(), Cancellation);
        }

        using var content = new ByteArrayContent(compressed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.OK, (await server.Client.PostAsync("v1/embeddings", content, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Addresses_of_the_command_line_take_precedence_over_variables()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var environment = new Dictionary<string, string>
        {
            ["JINA_EMBEDDINGS_URLS"] = $"http://{taken.LocalEndpoint}",
            ["ASPNETCORE_URLS"] = $"http://{taken.LocalEndpoint}",
            ["ASPNETCORE_HTTP_PORTS"] = $"{((IPEndPoint)taken.LocalEndpoint).Port}",
            ["Kestrel__Endpoints__Http__Url"] = $"http://{taken.LocalEndpoint}",
        };

        await using var server = await ServeProcess.StartAsync(environment, "--urls", "http://127.0.0.1:0");

        Assert.StartsWith("http://127.0.0.1:", server.Address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("health", Cancellation)).StatusCode);
    }

    /// <summary>Returns the number of active POST requests according to the metrics, or 0 before that line exists.</summary>
    private static async Task<int> ActiveRequestsAsync(ServeProcess server)
    {
        var metrics = await server.Client.GetStringAsync("metrics", Cancellation);
        var line = metrics.Split('\n').FirstOrDefault(line =>
            line.StartsWith("http_server_active_requests{", StringComparison.Ordinal) && line.Contains("POST", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    private static async Task<JsonElement> EmbedAsync(ServeProcess server, object body) =>
        await JsonAsync(await server.Client.PostAsJsonAsync("v1/embeddings", body, Cancellation));

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancellation)}");
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
