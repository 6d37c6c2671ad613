using System.Text;
using RagConsole.Documents;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace RagConsole.Tests.Documents;

public sealed class DocumentFormatTests
{
    [Fact]
    public void Bytes_that_are_not_UTF8_become_replacement_characters() =>
        Assert.Equal("caf\ufffd", DocumentFormat.Read("latin1.txt", [(byte)'c', (byte)'a', (byte)'f', 0xE9])!.Text);

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_text()
    {
        Assert.Equal("grün", DocumentFormat.Read("a.md", [.. Encoding.UTF8.Preamble, .. "grün"u8])!.Text);
        Assert.Equal("grün", DocumentFormat.Read("b.md", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("grün")])!.Text);
    }

    [Theory]
    [InlineData("picture.txt")]
    [InlineData("picture.html")]
    [InlineData("picture.PDF")]
    public void A_binary_file_is_not_a_document(string file) =>
        Assert.Null(DocumentFormat.Read(file, [0x89, 0x50, 0x4E, 0x47, 0, 0, 1]));

    [Fact]
    public void The_visible_text_of_a_web_page_is_read()
    {
        const string Page =
            """
            <!DOCTYPE html>
            <html><head><title>Rain &amp; wind</title><style>p { color: red }</style></head>
            <body><nav><a href="/">Home</a></nav>
            <h2>The funnel</h2>
            <p>Empty it
               <b>every</b> morning.</p>
            <script>alert("no");</script>
            <ul><li>a bucket</li><li>a brush</li></ul>
            </body></html>
            """;

        var document = DocumentFormat.Read("rain.html", Encoding.UTF8.GetBytes(Page))!;

        Assert.Equal("# Rain & wind\n\n## The funnel\n\nEmpty it every morning.\n\na bucket\na brush\n", document.Text);
        Assert.Equal([2, 4, 5, 8, 8], new[] { 1, 3, 5, 7, 8 }.Select(document.SourceLine));
    }

    [Fact]
    public void A_web_page_without_markup_is_read()
    {
        var document = DocumentFormat.Read("a.htm", "just <i>words</i>"u8.ToArray())!;

        Assert.Equal("just words", document.Text);
    }

    [Fact]
    public void The_source_lines_of_a_PDF_are_its_pages()
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (var text in new[] { "Empty the funnel.", "Oil the bearing." })
        {
            builder.AddPage(PageSize.A4).AddText(text, 12, new PdfPoint(50, 700), font);
        }

        var document = DocumentFormat.Read("a.pdf", builder.Build())!;

        var lines = document.Text.Split('\n');
        Assert.Equal(1, document.SourceLine(1 + Array.IndexOf(lines, "Empty the funnel.")));
        Assert.Equal(2, document.SourceLine(1 + Array.IndexOf(lines, "Oil the bearing.")));
    }
}
