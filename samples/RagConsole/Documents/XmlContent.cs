using System.Xml;
using System.Xml.Linq;

namespace RagConsole.Documents;

/// <summary>Reads XML from unknown sources. Entities are never expanded, and deep nesting is rejected.</summary>
internal static class XmlContent
{
    /// <summary>Tables in tables reach about 20 levels each. Readers call themselves for nested elements.</summary>
    public const int MaxDepth = 512;

    /// <summary>Checks that an XML text is well-formed, not nested too deeply, and does not declare entities.</summary>
    /// <param name="stream">The XML text.</param>
    /// <param name="find">The local name of an element.</param>
    /// <returns>Whether the text contains the element.</returns>
    /// <exception cref="UnreadableDocumentException">The elements are nested too deeply, or entities are declared.</exception>
    /// <exception cref="XmlException">The text is not well-formed.</exception>
    public static bool Check(Stream stream, string? find = null)
    {
        using var reader = XmlReader.Create(
            stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = 1 });
        var isFound = false;
        while (Read(reader))
        {
            if (reader.NodeType == XmlNodeType.DocumentType)
            {
                throw new UnreadableDocumentException("its XML declares entities, which programs of Office never write.");
            }

            isFound |= reader.NodeType == XmlNodeType.Element && reader.LocalName == find;
        }

        return isFound;
    }

    /// <summary>Reads an XML text. A document type is ignored, so its entities are errors.</summary>
    /// <exception cref="UnreadableDocumentException">The elements are nested too deeply.</exception>
    /// <exception cref="XmlException">The text is not well-formed.</exception>
    public static XDocument Load(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        using (var reader = CreateReader(content))
        {
            while (Read(reader))
            {
            }
        }

        using var again = CreateReader(content);
        return XDocument.Load(again);
    }

    private static XmlReader CreateReader(MemoryStream content)
    {
        content.Position = 0;
        return XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
    }

    private static bool Read(XmlReader reader) => reader.Read() && (reader.Depth <= MaxDepth
        ? true
        : throw new UnreadableDocumentException($"its elements are nested more than {MaxDepth} levels deep."));
}
