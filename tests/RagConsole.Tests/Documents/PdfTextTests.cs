using RagConsole.Documents;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace RagConsole.Tests.Documents;

public sealed class PdfTextTests
{
    [Fact]
    public void The_source_lines_are_the_pages()
    {
        var document = PdfText.Read(Create("Empty the funnel.", "Oil the bearing.")).Document!;

        Assert.Equal(1, document.LineOf("Empty the funnel."));
        Assert.Equal(2, document.LineOf("Oil the bearing."));
    }

    [Fact]
    public void The_title_is_the_one_of_the_properties_of_the_PDF()
    {
        Assert.Equal("", PdfText.Read(Create("Empty the funnel.")).Document!.Title);
        Assert.Equal("Rain gauge", PdfText.Read(CreateTitled(" Rain gauge ", "Empty the funnel.")).Document!.Title);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(1023)]
    public void The_header_can_start_within_the_first_1024_bytes(int before)
    {
        byte[] content = [.. Enumerable.Repeat((byte)'\n', before), .. Create("Empty the funnel.")];

        Assert.Equal(1, PdfText.Read(content).Document!.LineOf("Empty the funnel."));
    }

    [Fact]
    public void A_header_after_1024_bytes_is_rejected() =>
        Assert.Equal(
            "it is not a PDF file. Expected %PDF- within the first 1,024 bytes.",
            PdfText.Read([.. new byte[1024], .. Create("Empty the funnel.")]).Remark);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Pages_without_a_text_layer_are_reported(int pages)
    {
        var result = PdfText.Read(Create(new string[pages]));

        Assert.True(result.IsWithoutText);
        Assert.StartsWith($"it has no text (pages: {pages}).", result.Remark, StringComparison.Ordinal);
    }

    /// <summary>Creates a PDF with one page for each text. A page without a text has a rectangle.</summary>
    private static byte[] Create(params string?[] pages) => CreateTitled(title: null, pages);

    private static byte[] CreateTitled(string? title, params string?[] pages)
    {
        var builder = new PdfDocumentBuilder();
        builder.DocumentInformation.Title = title;
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (var text in pages)
        {
            var page = builder.AddPage(PageSize.A4);
            if (text is null)
            {
                page.DrawRectangle(new PdfPoint(50, 50), 200, 300);
            }
            else
            {
                page.AddText(text, 12, new PdfPoint(50, 700), font);
            }
        }

        return builder.Build();
    }
}
