using RagConsole.Documents;
using RagConsole.Documents.Office;
using static RagConsole.Tests.Documents.Office.OfficeFile;

namespace RagConsole.Tests.Documents.Office;

public sealed class PowerPointTextTests
{
    [Fact]
    public void Slides_are_read_in_the_order_of_the_presentation_with_titles_and_notes()
    {
        var document = Read(
            (Shape("ctrTitle", "The rain") + Shape("subTitle", "A talk"), null, false),
            (Shape("body", "Drops", "\tsmall", "\t\ttiny") + Shape("title", "What it is"),
                Shape("body", "Say more.") + Shape("sldNum", "2"), false),
            (Shape("", "No title.") + Shape("dt", "2026") + Shape("ftr", "Secret") + Shape("sldNum", "3"), null, false));

        Assert.Equal(
            "# The rain\n\nA talk\n\n## What it is\n\nDrops\n- small\n  - tiny\n\nNotes: Say more.\n\nNo title.", document.Text);
        Assert.Equal(PlaceUnit.Slide, document.Unit);
        Assert.Equal([1, 2, 2, 3], new[] { "A talk", "Drops", "Say more", "No title" }.Select(document.LineOf));
    }

    [Fact]
    public void A_hidden_slide_is_read_and_counted()
    {
        var document = Read((Shape("title", "One"), null, false), (Shape("", "Details"), null, true), (Shape("", "Last"), null, false));

        Assert.Equal("# One\n\nDetails\n\nLast", document.Text);
        Assert.Equal(3, document.LineOf("Last"));
    }

    [Fact]
    public void Groups_and_tables_are_read()
    {
        var table = $"""
            <p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="t"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/>
            <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr/><a:tblGrid/>
            <a:tr h="1">{Cell("a")}{Cell("b")}</a:tr><a:tr h="1">{Cell("c")}{Cell("d")}</a:tr></a:tbl></a:graphicData></a:graphic>
            </p:graphicFrame>
            """;
        var group = $"<p:grpSp><p:nvGrpSpPr/><p:grpSpPr/>{Shape("", "in a group")}</p:grpSp>";

        Assert.Equal("in a group\n\na | b\nc | d\n\nafter", Read((group + table + Shape("", "after"), null, false)).Text);

        static string Cell(string text) => $"<a:tc><a:txBody><a:bodyPr/>{DrawingParagraph(text)}</a:txBody><a:tcPr/></a:tc>";
    }

    [Fact]
    public void A_hidden_shape_is_not_read()
    {
        var hidden = Shape("", "hidden").Replace("name=\"n\"", "name=\"n\" hidden=\"1\"", StringComparison.Ordinal);

        Assert.Equal("shown", Read((hidden + Shape("", "shown"), null, false)).Text);
    }

    [Fact]
    public void Slides_without_text_are_reported()
    {
        var result = PowerPointText.Read(CreatePowerPoint(("", null, false), ("", null, false)));

        Assert.True(result.IsWithoutText);
        Assert.StartsWith("it has no text (slides: 2).", result.Remark, StringComparison.Ordinal);
    }

    private static Document Read(params (string Shapes, string? Notes, bool IsHidden)[] slides) =>
        PowerPointText.Read(CreatePowerPoint(slides)).Document!;
}
