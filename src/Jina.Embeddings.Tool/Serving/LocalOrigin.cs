using System.Net;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Determines whether the values of the headers <c>Host</c> and <c>Origin</c> name this machine.</summary>
/// <remarks>The MCP server of samples/RagConsole is compiled with this file, so that both servers have the same rules.</remarks>
internal static class LocalOrigin
{
    /// <summary>Determines whether a name is <c>localhost</c> or a loopback address, with or without brackets.</summary>
    public static bool IsLocalHost(string host)
    {
        var name = host.Trim('[', ']');
        return IPAddress.TryParse(name, out var address)
            ? IPAddress.IsLoopback(address)
            : name.Equals("localhost", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Returns the host of the origin of a web page, or <see langword="null"/> if the value is not one.</summary>
    public static string? FindHost(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri.Host
            : null;
}
