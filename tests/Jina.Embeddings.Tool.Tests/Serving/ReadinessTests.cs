using System.Net;
using System.Net.Http.Json;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

public sealed class ReadinessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_without_room_is_busy_until_a_request_is_answered()
    {
        await using var server = await ServeProcess.StartAsync("--max-concurrent", "1");
        Assert.Equal((HttpStatusCode.OK, "ready"), await ReadAsync(server));
        var text = string.Join(' ', Enumerable.Range(0, 400).Select(number => $"word{number}"));

        var answer = server.Client.PostAsJsonAsync("v1/embeddings", new { input = Enumerable.Repeat(text, 60) }, Token);
        while (await ReadAsync(server) != (HttpStatusCode.ServiceUnavailable, "busy"))
        {
            Assert.False(answer.IsCompleted, "The request was answered before the server was seen busy.");
        }

        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        Assert.Equal((HttpStatusCode.OK, "ready"), await ReadAsync(server));
    }

    [Fact]
    public async Task A_server_that_drains_answers_requests_but_is_not_ready()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a signal with kill.");
        await using var server = await ServeProcess.StartAsync("--drain", "3");

        server.Signal("TERM");
        while (await ReadAsync(server) != (HttpStatusCode.ServiceUnavailable, "draining"))
        {
            await Task.Delay(10, Token);
        }

        var answer = await server.Client.PostAsJsonAsync("v1/embeddings", new { input = "still answered" }, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("health", Token)).StatusCode);
        Assert.Equal(0, (await server.WaitAsync()).ExitCode);
    }

    [Theory]
    [InlineData("301", "expected at most 300 seconds")]
    [InlineData("-1", "expected an integer from 1")]
    public async Task A_time_out_of_range_is_reported(string seconds, string problem) =>
        (await Tool.RunAsync("serve", "--model", Tool.DemoModel, "--drain", seconds)).AssertFailed(2, problem);

    private static async Task<(HttpStatusCode Code, string Status)> ReadAsync(ServeProcess server)
    {
        var response = await server.Client.GetAsync("ready", Token);
        var body = await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(Token);
        return (response.StatusCode, body!["status"]);
    }
}
