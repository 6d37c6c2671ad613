using System.Text;

namespace RagConsole.Documents;

/// <summary>Markdown and plain text.</summary>
internal static class PlainText
{
    /// <summary>Bytes that are not UTF-8 become U+FFFD; a byte order mark decides otherwise and is left out.</summary>
    public static Document? Read(byte[] content)
    {
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        var text = reader.ReadToEnd();
        return text.Contains('\0') ? null : new Document(text);
    }
}
