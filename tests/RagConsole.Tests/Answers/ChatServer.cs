using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RagConsole.Tests.Answers;

/// <summary>A chat server on the loopback address that gives every request the same response.</summary>
internal sealed class ChatServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public ChatServer(HttpStatusCode status, string contentType, string body)
    {
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/v1";
        }

        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = ServeAsync(status, contentType, Encoding.UTF8.GetBytes(body));
    }

    public string Address { get; }

    /// <summary>The bodies of the requests so far.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync(HttpStatusCode status, string contentType, byte[] body)
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Requests.Add(await reader.ReadToEndAsync());
                context.Response.StatusCode = (int)status;
                context.Response.ContentType = contentType;
                context.Response.Close(body, willBlock: false);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
