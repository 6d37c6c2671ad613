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

    /// <summary>Waits until the server has closed or reset the connection.</summary>
    public async Task ClosedAsync()
    {
        try
        {
            await ReadToEndAsync();
        }
        catch (IOException)
        {
            // The server has reset the connection.
        }
    }

    /// <summary>Closes the sending side, like a client that has sent everything.</summary>
    public void CloseSending() => _client.Client.Shutdown(SocketShutdown.Send);

    public void Dispose() => _client.Dispose();
}
