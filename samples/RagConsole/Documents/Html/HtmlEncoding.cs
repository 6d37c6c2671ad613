using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Text;

namespace RagConsole.Documents.Html;

/// <summary>Finds the encoding that a web page declares in a meta element or an XML declaration.</summary>
internal static partial class HtmlEncoding
{
    /// <summary>The standard reads 1,024 bytes. Some pages have scripts before the declaration.</summary>
    private const int DeclaredWithin = 4096;

    // AngleSharp knows the names of the standard, and takes the encodings from the registered providers.
    static HtmlEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Returns the declared encoding, or null.</summary>
    public static Encoding? FindDeclared(ReadOnlySpan<byte> content)
    {
        var start = Encoding.Latin1.GetString(content[..Math.Min(content.Length, DeclaredWithin)]);
        var declaration = Declaration().Match(Comment().Replace(start, ""));
        return declaration.Success && TextEncoding.IsSupported(declaration.Groups["name"].Value)
            ? TextEncoding.Resolve(declaration.Groups["name"].Value)
            : null;
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("""<(meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*(?<name>[\w.:-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();
}
