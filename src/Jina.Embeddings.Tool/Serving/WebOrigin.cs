namespace Jina.Embeddings.Tool.Serving;

/// <summary>Parses origins of web pages.</summary>
internal static class WebOrigin
{
    /// <summary>The value that means every origin.</summary>
    public const string Any = "*";

    private const string Expected = "expected SCHEME://HOST or SCHEME://HOST:PORT without a path, e.g. https://app.example, or *.";

    /// <summary>Returns an origin as browsers send it: in lower case, without the default port and a slash at the end.</summary>
    /// <exception cref="FormatException">The value is not an origin. The message says why.</exception>
    public static string Parse(string value)
    {
        if (value == Any)
        {
            return Any;
        }

        // Browsers send "null" for files and for sandboxed frames of any site, so it cannot identify a page.
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri)
            || !value.StartsWith($"{uri.Scheme}://", StringComparison.OrdinalIgnoreCase)
            || uri.Host.Length == 0
            || uri.UserInfo.Length > 0
            || uri.PathAndQuery.Trim('/').Length > 0
            || uri.Fragment.Length > 0
            || value.Contains('*', StringComparison.Ordinal))
        {
            throw new FormatException($"'{value}'; {Expected}");
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return $"{uri.Scheme}://{host}{port}".ToLowerInvariant();
    }
}
