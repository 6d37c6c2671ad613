using System.Net;
using System.Text;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Bodies that arrive in unusual ways, with valid contents.</summary>
public sealed class TransportTests
{
    private const string Body = """{"input": "x"}""";

    [Theory]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData("Application/JSON; charset=UTF-8", HttpStatusCode.OK)]
    [InlineData("application/json; charset=\"utf-8\"", HttpStatusCode.OK)]
    [InlineData("application/json; charset=utf8", HttpStatusCode.OK)]
    [InlineData("application/json;charset=\"UTF-8\"", HttpStatusCode.OK)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("nonsense", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task Only_JSON_in_UTF8_is_accepted(string? type, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await server.Client.PostAsync("/v1/embeddings", content, TestContext.Current.CancellationToken);

        var answer = await Answer.ReadAsync(response);
        Assert.Equal(status, answer.Status);
        if (status != HttpStatusCode.OK)
        {
            Assert.Equal("unsupported_media_type", answer.OpenAI(status).Text("code"));
        }
    }

    [Fact]
    public async Task A_byte_order_mark_is_skipped()
    {
        byte[] body = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Body)];
        await using var server = await TestServer.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(body)).Status);
    }

    [Theory]
    [InlineData("GET", "/v1/embeddings", "POST")]
    [InlineData("HEAD", "/v1/embeddings", "POST")]
    [InlineData("OPTIONS", "/v1/embeddings", "POST")]
    [InlineData("POST", "/v1/models", "GET")]
    public async Task Another_method_is_not_allowed(string method, string path, string allowed)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var answer = await Answer.ReadAsync(response);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed), (answer.Status, answer.Header("Allow")));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("\"truncate\": true, ", true)]
    public async Task A_body_that_is_too_large_is_rejected_with_413(string field, bool isJina)
    {
        await using var server = await TestServer.StartAsync(options => options.MaxBodyBytes = 1000);
        var fits = $"{{{field}\"input\": \"{new string('x', 1000 - field.Length - 13)}\"}}";

        var answer = await server.PostAsync(fits);
        var one = await server.PostAsync(fits + " ");
        var many = await server.PostAsync(fits + new string(' ', 40_000_000));

        Assert.Equal((1000, HttpStatusCode.OK), (fits.Length, answer.Status));
        foreach (var rejected in new[] { one, many })
        {
            if (isJina)
            {
                Assert.Equal("INPUT_TOO_LARGE", rejected.Jina(HttpStatusCode.RequestEntityTooLarge).Text("code"));
            }
            else
            {
                Assert.Equal(
                    "The body has more than 1000 bytes. Send fewer inputs per request.",
                    rejected.OpenAI(HttpStatusCode.RequestEntityTooLarge).Text("message"));
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
    }

    [Fact]
    public async Task A_body_can_be_chunked_and_exceed_Kestrels_own_limit()
    {
        await using var server = await TestServer.StartAsync(
            builder: web => web.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 10));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/embeddings");
        request.Content = new StringContent(Body, null, "application/json");
        request.Headers.TransferEncodingChunked = true;

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Content-Length: 100", "{\"input\": ")]
    [InlineData("Transfer-Encoding: chunked", "5\r\n{\"inp\r\n")]
    public async Task A_client_that_disconnects_during_its_body_does_not_affect_others(string header, string body)
    {
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(builder: web => web.Logging.AddProvider(log));
        using (var connection = await RawConnection.OpenAsync(server))
        {
            await connection.SendHeadAsync(header, body);
            connection.CloseSending();
            await connection.ReadUntilClosedAsync();
        }

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
        Assert.DoesNotContain(log.All, line => line.Level >= LogLevel.Error);
    }

    [Theory]
    [InlineData("{\"input\": ", "{\"error\":")]
    [InlineData("{\"normalized\": true, ", "{\"detail\":")]
    public async Task A_slow_body_ends_with_408_while_others_are_served(string first, string begin)
    {
        await using var server = await TestServer.StartAsync(
            options => options.MaxConcurrentRequests = 2,
            web => web.WebHost.ConfigureKestrel(
                kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(1.5))));
        using var connection = await RawConnection.OpenAsync(server);
        await connection.SendHeadAsync("Content-Length: 100000", first);
        var reading = connection.ReadToEndAsync();

        while (!reading.IsCompleted)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
        }

        var answer = await reading;
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains(begin, answer, StringComparison.Ordinal);
    }
}
