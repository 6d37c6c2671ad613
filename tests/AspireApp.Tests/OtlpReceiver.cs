using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AspireApp.Tests;

/// <summary>Represents the dashboard: receives traces and metrics over HTTP and keeps their bodies.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();

    private OtlpReceiver(string address)
    {
        Address = address;
        _listener.Prefixes.Add(address + "/");
        _listener.Start();
        _ = ReceiveAsync();
    }

    /// <summary>Gets the address.</summary>
    public string Address { get; }

    public static OtlpReceiver Start()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        return new($"http://127.0.0.1:{port}");
    }

    /// <summary>Waits until data of a path contains all texts. Names in the binary format are plain text.</summary>
    public async Task WaitForAsync(string path, string[] texts, CancellationToken cancellationToken)
    {
        while (!_received.Any(item => item.Path == path && texts.All(text => item.Body.Contains(text, StringComparison.Ordinal))))
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.Latin1);
                _received.Enqueue((context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync()));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
