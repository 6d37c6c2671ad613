using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Bodies that are not framed as HTTP requires are the client's fault, whichever exception the web server throws.</summary>
public sealed class FramingTests
{
    private const string Body = """{"input": "x"}""";

    [Theory]
    [InlineData("ffffffffffffffff\r\n" + Body)]
    [InlineData("7fffffffffffffff\r\n" + Body)]
    [InlineData("80000000\r\n" + Body)]
    [InlineData("100000000\r\n" + Body)]
    [InlineData("-e\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("0xe\r\n" + Body + "\r\n0\r\n\r\n")]
    [InlineData("nonsense\r\n")]
    [InlineData("\r\n" + Body)]
    [InlineData("e\r\n" + Body + "more\r\n0\r\n\r\n")]
    [InlineData("e\r\n" + Body + "\r\n-0\r\n\r\n")]
    [InlineData("e\r\n" + Body + "\r\n0\r\nbad trailer\r\n\r\n")]
    [InlineData("e\n" + Body + "\n0\n\n")]
    public async Task Malformed_chunks_are_rejected_without_an_error_in_the_log(string chunks)
    {
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(builder: web => web.Logging.AddProvider(log));
        using var connection = await RawConnection.OpenAsync(server);

        await connection.SendHeadAsync("Transfer-Encoding: chunked", chunks);

        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("{\"error\":{\"message\":\"The body ended early, or its chunks are malformed.", answer, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
        Assert.DoesNotContain(log.All, line => line.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("Content-Length: 100", "{\"input\": ")]
    [InlineData("Content-Length: 100", "")]
    [InlineData("Transfer-Encoding: chunked", "5\r\n{\"inp\r\n")]
    [InlineData("Transfer-Encoding: chunked", "5\r\n{\"in")]
    [InlineData("Transfer-Encoding: chunked", "5")]
    [InlineData("Content-Length: 14", Body)]
    public async Task A_client_that_resets_its_connection_causes_no_error_in_the_log(string header, string body)
    {
        using var log = new LogLines();
        await using var server = await TestServer.StartAsync(builder: web => web.Logging.AddProvider(log));
        for (var i = 0; i < 20; i++)
        {
            using var connection = await RawConnection.OpenAsync(server);
            await connection.SendHeadAsync(header, body);
            connection.Reset();
        }

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
        Assert.DoesNotContain(log.All, line => line.Level >= LogLevel.Warning);
    }
}
