using System.Net;
using System.Net.Sockets;
using System.Text;
using Jina.Extensions.AI.Tests.Acquisition.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

/// <summary>Tests responses that a web server cannot send, over a bare connection.</summary>
public class RawResponseTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nX-Repo-Commit: 0123456789abcdef0123456789abcdef01234567\r\n";

    [Theory]
    [InlineData(Head + "Content-Length: -5\r\n\r\n", "")]
    [InlineData(Head + "Content-Length: abc\r\n\r\n", "")]
    [InlineData(Head + "Content-Length: 99999999999999999999\r\n\r\n", "")]
    [InlineData(Head + "Content-Length: 5\r\nContent-Length: 7\r\n\r\n", "")]
    [InlineData(Head + "\r\n", "")]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\n", "ffffffffffffffff\r\n")]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\n", "-1\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: //\r\n\r\n", "")]
    [InlineData("HTTP/1.1 999999 x\r\n\r\n", "")]
    [InlineData("\u0000\u0001\u0002", "\u0000")]
    public async Task A_malformed_response_is_an_error(string start, string repeated)
    {
        await using var fixture = await HubFixture.StartAsync();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var answering = AnswerAsync(server, start, repeated, stop.Token);

        await fixture.FailAsync(options =>
        {
            options.Endpoint = $"http://{server.LocalEndpoint}";
            options.ReachTimeout = TimeSpan.FromSeconds(2);
            options.Limits = options.Limits with
            {
                Answer = TimeSpan.FromSeconds(2),
                ProgressPeriod = TimeSpan.FromSeconds(1),
                ProgressBytes = 1 << 20,
            };
        }).WaitAsync(TimeSpan.FromMinutes(2), stop.Token);

        fixture.AssertNothingUsable();
        await stop.CancelAsync();
        await answering;
    }

    /// <summary>Answers each request with the start and then, until the client closes, with the repeated text.</summary>
    private static async Task AnswerAsync(TcpListener server, string start, string repeated, CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await server.AcceptTcpClientAsync(cancellationToken), start, repeated, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private static async Task AnswerAsync(TcpClient client, string start, string repeated, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[8192], cancellationToken);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(start), cancellationToken);
                while (repeated.Length > 0)
                {
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(repeated), cancellationToken);
                    await Task.Delay(1, cancellationToken);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client closed the connection, or the test has ended.
            }
        }
    }
}
