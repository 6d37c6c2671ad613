using System.Net;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Parses names of hosts.</summary>
internal static class HostName
{
    /// <summary>
    /// Returns a name as browsers send it, or an address in its shortest form, without the brackets of an IPv6 address.
    /// </summary>
    /// <exception cref="FormatException">The value is not a name or address. The message says why.</exception>
    public static string Parse(string value)
    {
        var name = value.Trim('[', ']');
        return Uri.CheckHostName(name) switch
        {
            UriHostNameType.Dns => new Uri($"http://{name}").IdnHost,
            UriHostNameType.IPv4 or UriHostNameType.IPv6 when IPAddress.TryParse(name, out var address) => address.ToString(),
            _ => throw new FormatException(
                $"'{value}'; expected a host name or address without scheme and port, e.g. embeddings.example."),
        };
    }
}
