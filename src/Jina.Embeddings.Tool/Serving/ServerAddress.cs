using System.Net;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Represents an address to listen on.</summary>
/// <param name="Url">The address in the form that Kestrel reads.</param>
/// <param name="IsLoopback">Whether only this machine can reach it.</param>
internal sealed record ServerAddress(string Url, bool IsLoopback)
{
    private const string Expected =
        "expected http://HOST:PORT, with semicolons between several, e.g. http://127.0.0.1:8080 or http://0.0.0.0:8080.";

    /// <summary>Parses addresses separated by semicolons.</summary>
    /// <exception cref="FormatException">An address is not valid. The message says why.</exception>
    public static IReadOnlyList<ServerAddress> ParseAll(string urls)
    {
        ServerAddress[] addresses =
            [.. urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        if (addresses.Length == 0)
        {
            throw new FormatException($"empty; {Expected}");
        }

        return addresses;
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
            throw new FormatException(
                $"'{url}'; this server uses plain HTTP. For TLS, put a reverse proxy in front of it (docs/deployment.md): {Expected}");
        }

        // An invalid address like 127.0.0.1:80a would be read as a host name, for which Kestrel listens on all interfaces.
        if (!address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
            || address.IsUnixPipe || address.IsNamedPipe || address.PathBase.Length > 0
            || !(address.Host is "*" or "+" || Uri.CheckHostName(address.Host) != UriHostNameType.Unknown)
            || address.Port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            throw new FormatException($"'{url}'; {Expected}");
        }

        var isLocalhost = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (isLocalhost && address.Port == 0)
        {
            throw new FormatException(
                $"'{url}'; a free port can be chosen only for a single address, but localhost has two: "
                + "expected http://127.0.0.1:0 or http://[::1]:0.");
        }

        return new ServerAddress(url, isLocalhost || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));
    }
}
