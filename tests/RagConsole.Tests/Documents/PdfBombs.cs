using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace RagConsole.Tests.Documents;

/// <summary>Creates small PDF files that take very much time or memory to read.</summary>
internal static class PdfBombs
{
    private const int Levels = 12;

    /// <summary>Creates a page that draws a form ten times, which draws another form ten times, and so on: 10^12 forms.</summary>
    public static byte[] CreateNestedForms()
    {
        var forms = Enumerable.Range(1, Levels).Select(level => CreateStream(
            string.Create(
                CultureInfo.InvariantCulture,
                $"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {Math.Min(level + 4, Levels + 3)} 0 R >> >>"),
            Encoding.ASCII.GetBytes(level == Levels ? "0 0 m" : string.Concat(Enumerable.Repeat("/F Do ", 10)))));
        return CreatePage("", "/F Do"u8.ToArray(), [.. forms]);
    }

    /// <summary>Creates a page with 800 MB of spaces, compressed twice.</summary>
    public static byte[] CreateCompressedTwice()
    {
        var spaces = new byte[1 << 20];
        Array.Fill(spaces, (byte)' ');
        var once = Compress(stream =>
        {
            for (var count = 0; count < 800; count++)
            {
                stream.Write(spaces);
            }
        });
        return CreatePage("/Filter [/FlateDecode /FlateDecode]", Compress(stream => stream.Write(once)), []);
    }

    private static byte[] Compress(Action<Stream> write)
    {
        using var memory = new MemoryStream();
        using (var stream = new ZLibStream(memory, CompressionLevel.Optimal))
        {
            write(stream);
        }

        return memory.ToArray();
    }

    /// <summary>Creates a PDF with one page. Its content is object 3, and the form F is object 4.</summary>
    private static byte[] CreatePage(string entries, byte[] content, byte[][] forms)
    {
        byte[][] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>"u8.ToArray(),
            Encoding.ASCII.GetBytes($"<< /Type /Pages /Count 1 /Kids [{forms.Length + 4} 0 R] >>"),
            CreateStream(entries, content),
            .. forms,
            Encoding.ASCII.GetBytes(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 3 0 R /Resources << /XObject << /F 4 0 R >> >> >>"),
        ];
        using var file = new MemoryStream();
        file.Write("%PDF-1.4\n"u8);
        var table = new StringBuilder($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var (index, item) in objects.Index())
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Write(Encoding.ASCII.GetBytes($"{index + 1} 0 obj\n"));
            file.Write(item);
            file.Write("\nendobj\n"u8);
        }

        var start = file.Length;
        file.Write(Encoding.ASCII.GetBytes($"{table}trailer << /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"));
        return file.ToArray();
    }

    private static byte[] CreateStream(string entries, byte[] content) =>
    [
        .. Encoding.ASCII.GetBytes($"<< {entries} /Length {content.Length} >>\nstream\n"), .. content, .. "\nendstream"u8,
    ];
}
