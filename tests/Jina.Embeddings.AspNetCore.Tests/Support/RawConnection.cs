using System.Net.Sockets;
using System.Text;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Represents a client that sends exactly the bytes of a test.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private NetworkStream? _stream;

    public static async Task<RawConnection> OpenAsync(TestServer server)
    {
        var connection = new RawConnection();
        var address = server.Client.BaseAddress!;
        await connection._client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    public Task SendAsync(string text) =>
        _stream!.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken).AsTask();

    /// <summary>Sends the headers of a request for embeddings, and the beginning of its body.</summary>
    public Task SendHeadAsync(string headers, string body) =>
        SendAsync($"POST /v1/embeddings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}\r\n\r\n{body}");

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(_stream!, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WithTimeout();
    }

    /// <summary>Reads until the server has closed or reset the connection.</summary>
    public async Task<string> ReadUntilClosedAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _stream!.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WithTimeout() is > 0 and var count)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // The server has reset the connection.
        }

        return text.ToString();
    }

    /// <summary>Closes the sending side, like a client that has sent everything.</summary>
    public void CloseSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection with a reset, like a client that has crashed.</summary>
    public void Reset()
    {
        _client.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        _client.Close();
    }

    public void Dispose() => _client.Dispose();
}
