using System.Net;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Bodies that arrive slowly hold no place, hold little memory, and do not hold up a stop.</summary>
public sealed class SlowBodyTests
{
    private const string Body = """{"input": "x"}""";

    [Fact]
    public async Task A_body_that_has_not_arrived_takes_no_place()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxConcurrentRequests = 1);
        var slow = new List<RawConnection>();
        for (var i = 0; i < 16; i++)
        {
            slow.Add(await RawConnection.OpenAsync(server));
            await slow[^1].SendHeadAsync("Content-Length: 14\r\nConnection: close", "{\"input\": ");
        }

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
        foreach (var connection in slow)
        {
            await connection.SendAsync("\"x\"}");
            Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
            connection.Dispose();
        }
    }

    [Fact]
    public async Task Bodies_that_have_not_arrived_hold_memory_for_their_bytes_only()
    {
        await using var server = await TestServer.StartAsync(
            options => (options.MaxBodyBytes, options.MaxMemoryBytes, options.MaxInputs) = (1_000_000, 5_000_000, 100));
        var slow = new List<RawConnection>();
        for (var i = 0; i < 100; i++)
        {
            slow.Add(await RawConnection.OpenAsync(server));
            await slow[^1].SendHeadAsync("Content-Length: 1000000", "{\"input\": ");
        }

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
        slow.ForEach(connection => connection.Dispose());
    }

    [Theory]
    [InlineData("Content-Length: 100000", "{\"input\": ", "{\"error\":")]
    [InlineData("Transfer-Encoding: chunked", "15\r\n{\"normalized\": true, \r\n", "{\"detail\":")]
    [InlineData("Content-Length: 100000", "", "{\"error\":")]
    public async Task A_body_below_the_minimum_speed_ends_with_408(string header, string first, string begin)
    {
        await using var server = await TestServer.StartAsync(options => options.BodyGrace = TimeSpan.FromSeconds(1));
        using var connection = await RawConnection.OpenAsync(server);
        await connection.SendHeadAsync(header, first);
        var reading = connection.ReadUntilClosedAsync();

        while (!reading.IsCompleted)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
        }

        var answer = await reading;
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains($"{begin}", answer, StringComparison.Ordinal);
        Assert.Contains("The body arrived too slowly.", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 100000", "{\"input\": ", "{\"error\":")]
    [InlineData("Content-Length: 100000", "{\"normalized\": true, ", "{\"detail\":")]
    [InlineData("Transfer-Encoding: chunked", "a\r\n{\"input\": \r\n", "{\"error\":")]
    [InlineData("Transfer-Encoding: chunked", "", "{\"error\":")]
    [InlineData("Content-Length: 100000", "", "{\"error\":")]
    public async Task A_slow_body_does_not_hold_up_a_stop(string header, string first, string begin)
    {
        await using var server = await TestServer.StartAsync(
            options => options.BodyGrace = TimeSpan.FromMinutes(10),
            web => web.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(10)));
        using var connection = await RawConnection.OpenAsync(server);
        await connection.SendHeadAsync(header, first);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);

        await server.StopAsync().WithTimeout();

        var answer = await connection.ReadUntilClosedAsync();
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains($"{begin}", answer, StringComparison.Ordinal);
    }
}
