using System.Net;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>An address to listen on.</summary>
/// <param name="Url">The address as Kestrel takes it.</param>
/// <param name="IsLoopback">Whether only this machine can reach it.</param>
internal sealed record ServerAddress(string Url, bool IsLoopback)
{
    private const string Expected = "expected http://HOST:PORT, e.g. http://127.0.0.1:8080 or http://0.0.0.0:8080.";

    /// <summary>Reads addresses separated by semicolons.</summary>
    /// <exception cref="FormatException">One is none that can be listened on; the message says why.</exception>
    public static IReadOnlyList<ServerAddress> ParseAll(string urls)
    {
        ServerAddress[] addresses = [.. urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        return addresses.Length > 0 ? addresses : throw new FormatException($"no address; {Expected}");
    }

    private static ServerAddress Parse(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new FormatException($"'{url}'; {Expected}");
        }

        if (address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"'{url}'; this server speaks plain HTTP, and TLS is for a reverse proxy before it (docs/deployment.md): {Expected}");
        }

        // What is no address at all, as 127.0.0.1:80a, would count as a host name, and those listen everywhere.
        if (!address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
            || address.IsUnixPipe || address.IsNamedPipe || address.PathBase.Length > 0
            || !(address.Host is "*" or "+" || Uri.CheckHostName(address.Host) != UriHostNameType.Unknown)
            || address.Port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            throw new FormatException($"'{url}'; {Expected}");
        }

        var isLocalhost = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return isLocalhost && address.Port == 0
            ? throw new FormatException($"'{url}'; a free port is found for one address only, and localhost has two: expected http://127.0.0.1:0 or http://[::1]:0.")
            : new ServerAddress(url, isLocalhost || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));
    }
}
