using System.Diagnostics.CodeAnalysis;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;

namespace RagConsole.Documents.Office;

/// <summary>Opens files of Office and reads their parts.</summary>
internal static class OfficePackage
{
    /// <summary>Opens a package.</summary>
    /// <param name="content">The content of the file.</param>
    /// <param name="kind">The expected kind of file, with its article.</param>
    /// <param name="mainType">A word in the media type of the main part.</param>
    /// <param name="open">The function that opens a package of this kind.</param>
    /// <exception cref="UnreadableDocumentException">The file is not such a package, is encrypted or exceeds a limit.</exception>
    public static T Open<T>(byte[] content, string kind, string mainType, Func<Stream, T> open)
        where T : OpenXmlPackage
    {
        using (var archive = ZipContent.Open(content, kind))
        {
            if (archive.GetEntry("[Content_Types].xml") is not { } entry)
            {
                throw new UnreadableDocumentException($"it is not {kind}. Found another ZIP archive.");
            }

            using var stream = entry.Open();
            var types = XmlContent.Load(stream).Descendants().Select(type => type.Attribute("ContentType")?.Value ?? "");
            if (!types.Any(type =>
                type.EndsWith("main+xml", StringComparison.Ordinal) && type.Contains(mainType, StringComparison.Ordinal)))
            {
                throw new UnreadableDocumentException($"it is not {kind}. Found another file of Office.");
            }
        }

        return open(new MemoryStream(content, writable: false));
    }

    /// <summary>Checks a part before it is read.</summary>
    /// <returns>Whether the part contains an element with a local name.</returns>
    public static bool Check(OpenXmlPart part, string? find = null)
    {
        using var stream = part.GetStream(FileMode.Open, FileAccess.Read);
        return XmlContent.Check(stream, find);
    }

    /// <summary>Returns the root of a part that exists.</summary>
    [return: NotNullIfNotNull(nameof(part))]
    public static T? Load<T>(OpenXmlPart? part)
        where T : OpenXmlPartRootElement
    {
        if (part is null)
        {
            return null;
        }

        Check(part);
        return (T)part.RootElement!;
    }

    /// <summary>
    /// Returns the children of an element that are shown. Newer elements have alternatives with the same content for other programs.
    /// </summary>
    public static IEnumerable<OpenXmlElement> GetShownChildren(OpenXmlElement element) => element is AlternateContent alternatives
        ? alternatives.ChildElements.FirstOrDefault(child => child is AlternateContentChoice or AlternateContentFallback)?.ChildElements
            ?? Enumerable.Empty<OpenXmlElement>()
        : element.ChildElements;
}
