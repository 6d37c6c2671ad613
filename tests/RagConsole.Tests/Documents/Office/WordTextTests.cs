using RagConsole.Documents;
using RagConsole.Documents.Office;
using static RagConsole.Tests.Documents.Office.OfficeFile;

namespace RagConsole.Tests.Documents.Office;

public sealed class WordTextTests
{
    /// <summary>Styles of a German Word: names are English, IDs are not.</summary>
    private const string Styles = """
        <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Anhang"><w:name w:val="Anhang"/><w:basedOn w:val="Kapitel"/></w:style>
        <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
        <w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
        """;

    private const string Numbering = """
        <w:abstractNum w:abstractNumId="1">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/>
        <w:pStyle w:val="berschrift1"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
        """;

    [Fact]
    public void Styles_with_a_level_of_the_outline_are_headings_in_every_language()
    {
        var text = Read(
            Paragraph("One", "berschrift1") + Paragraph("Two", "Anhang") + Paragraph("text") + Paragraph("Own", properties: Outline(2))
            + Paragraph("Not", "Kapitel", Outline(9)) + Paragraph("Loop", "Loop") + Paragraph("none", "Missing"),
            ("styles", Styles));

        Assert.Equal("# One\n\n## Two\n\ntext\n\n### Own\n\nNot\n\nLoop\n\nnone", text);

        static string Outline(int level) => $"""<w:outlineLvl w:val="{level}"/>""";
    }

    [Fact]
    public void A_title_is_above_the_sections_and_a_table_of_contents_is_left_out() => Assert.Equal(
        "# The guide\n\n## One\n\ntext",
        Read(
            Paragraph("The guide", "Titel") + Paragraph("One 3", "Verzeichnis1") + Paragraph("One", "berschrift1") + Paragraph("text"),
            ("styles", Styles)));

    [Fact]
    public void Items_of_lists_have_their_numbers()
    {
        var text = Read(
            Item("a", 1) + Item("b", 1) + Item("c", 1, level: 1) + Item("d", 1, level: 1) + Item("e", 1) + Item("f", 1, level: 1)
            + Paragraph("between") + Item("again", 4) + Item("bullet", 2) + Item("none", 0)
            + Paragraph("Part", "berschrift1", """<w:numPr><w:numId w:val="3"/></w:numPr>"""),
            ("styles", Styles), ("numbering", Numbering));

        Assert.Equal(
            "1. a\n2. b\n  2.a) c\n  2.b) d\n3. e\n  3.a) f\n\nbetween\n\n1. again\n- bullet\n\nnone\n\n# IV Part", text);

        static string Item(string text, int list, int level = 0) =>
            Paragraph(text, properties: $"""<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>""");
    }

    [Fact]
    public void A_row_of_a_table_is_a_line()
    {
        var text = Read($"""
            {Paragraph("before")}<w:tbl>
            <w:tr><w:tc>{Paragraph("a")}{Paragraph("b")}</w:tc><w:tc><w:p/></w:tc><w:tc>{Paragraph("c")}</w:tc></w:tr>
            <w:tr><w:trPr><w:del w:id="1" w:author="x"/></w:trPr><w:tc>{Paragraph("deleted")}</w:tc></w:tr>
            <w:tr><w:tc><w:tbl><w:tr><w:tc>{Paragraph("d")}</w:tc><w:tc>{Paragraph("e")}</w:tc></w:tr></w:tbl></w:tc></w:tr>
            </w:tbl>{Paragraph("after")}
            """);

        Assert.Equal("before\n\na b | c\nd | e\n\nafter", text);
    }

    [Fact]
    public void Notes_follow_their_paragraph()
    {
        var text = Read(
            """<w:p><w:r><w:t>Rain</w:t><w:footnoteReference w:id="7"/></w:r>"""
            + """<w:r><w:t> falls</w:t><w:endnoteReference w:id="2"/></w:r></w:p>"""
            + """<w:p><w:r><w:t>Snow</w:t><w:footnoteReference w:id="8"/></w:r></w:p>""",
            ("footnotes", Note("footnote", 7, "in drops") + Note("footnote", 8, "in flakes") + Note("footnote", 9, "unused")),
            ("endnotes", Note("endnote", 2, "always")));

        Assert.Equal("Rain[1] falls[i]\n\n[1] in drops\n\n[i] always\n\nSnow[2]\n\n[2] in flakes", text);

        static string Note(string kind, int id, string text) => $"""<w:{kind} w:id="{id}">{Paragraph(text)}</w:{kind}>""";
    }

    [Fact]
    public void A_note_that_refers_to_itself_is_read_once() => Assert.Equal(
        "Rain[1]\n\n[1] in drops",
        Read(
            """<w:p><w:r><w:t>Rain</w:t><w:footnoteReference w:id="7"/></w:r></w:p>""",
            ("footnotes", """
                <w:footnote w:id="7"><w:p><w:r><w:t>in drops</w:t><w:footnoteReference w:id="7"/></w:r></w:p></w:footnote>
                """)));

    [Fact]
    public void Many_text_boxes_of_a_paragraph_do_not_nest()
    {
        var content = $"<w:txbxContent>{Paragraph("x")}</w:txbxContent>";
        var box = $"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>";

        Assert.Equal((3 * 20_000) - 2, Read($"<w:p>{string.Concat(Enumerable.Repeat(box, 20_000))}</w:p>").Length);
    }

    [Fact]
    public void A_text_box_is_read_once_although_the_file_has_it_twice()
    {
        var box = $"<w:txbxContent>{Paragraph("in the box")}</w:txbxContent>";
        var text = Read($"""
            <w:p>{Run("before ")}<w:r><mc:AlternateContent>
            <mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>
            </a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
            <mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>
            </mc:AlternateContent></w:r>{Run("after")}</w:p>
            """);

        Assert.Equal("before after\n\nin the box", text);
    }

    [Fact]
    public void Only_the_final_text_is_read()
    {
        var text = Read($"""
            <w:p>{Run("kept ")}<w:ins w:id="1" w:author="x">{Run("added ")}</w:ins>
            <w:del w:id="2" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>
            <w:moveFrom w:id="3" w:author="x">{Run("moved")}</w:moveFrom>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r></w:p>
            """);

        Assert.Equal("kept added shown", text);
    }

    [Fact]
    public void Only_the_results_of_fields_are_read()
    {
        var text = Read($"""
            <w:p>{Run("See ")}{Mark("begin")}<w:r><w:instrText>REF x {Run("")}</w:instrText></w:r>{Mark("begin")}{Run("inner code")}
            {Mark("separate")}{Run("inner")}{Mark("end")}{Mark("separate")}{Run("page 3")}{Mark("end")}{Run(" and ")}
            <w:fldSimple w:instr="PAGE">{Run("4")}</w:fldSimple>{Mark("end")}{Run(".")}</w:p>
            """.Replace(Run(""), "", StringComparison.Ordinal));

        Assert.Equal("See page 3 and 4.", text);

        static string Mark(string type) => $"""<w:r><w:fldChar w:fldCharType="{type}"/></w:r>""";
    }

    [Fact]
    public void Breaks_tabs_and_special_characters_are_white_space_and_text() => Assert.Equal(
        "a b\nc-d x+y",
        Read("""
            <w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>
            <w:t xml:space="preserve"> </w:t></w:r><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></w:p>
            """));

    [Fact]
    public void A_control_that_shows_its_prompt_has_no_text() => Assert.Equal(
        "Name: Ann",
        Read($"""
            <w:p>{Run("Name: ")}<w:sdt><w:sdtPr/><w:sdtContent>{Run("Ann")}</w:sdtContent></w:sdt>
            <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{Run("Click here.")}</w:sdtContent></w:sdt></w:p>
            """));

    [Fact]
    public void Places_are_pages_if_the_file_has_them()
    {
        var document = ReadDocument(
            Paragraph("one") + $"<w:p>{Run("two ")}<w:r><w:lastRenderedPageBreak/><w:t>three</w:t></w:r></w:p>"
            + """<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:lastRenderedPageBreak/></w:r></w:p>""" + Paragraph("four"));

        Assert.Equal(PlaceUnit.Page, document.Unit);
        Assert.Equal([1, 1, 2, 3], new[] { "one", "two", "three", "four" }.Select(document.LineOf));
    }

    [Fact]
    public void Places_are_paragraphs_and_rows_otherwise()
    {
        var document = ReadDocument(
            Paragraph("one") + "<w:p/>" + Paragraph("  ") + Paragraph("two")
            + $"<w:tbl><w:tr><w:tc>{Paragraph("three")}</w:tc><w:tc>{Paragraph("also")}</w:tc></w:tr></w:tbl>"
            + """<w:p><w:r><w:br w:type="page"/><w:t>four</w:t></w:r></w:p>""");

        Assert.Equal(PlaceUnit.Paragraph, document.Unit);
        Assert.Equal([1, 2, 3, 3, 4], new[] { "one", "two", "three", "also", "four" }.Select(document.LineOf));
    }

    [Fact]
    public void A_strict_document_is_read()
    {
        var strict = CreateWordRoot($"""
            <w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{Paragraph("text")}</w:body></w:document>
            """);

        Assert.Equal("text", WordText.Read(strict).Document?.Text);
    }

    [Fact]
    public void A_document_without_text_is_reported()
    {
        var result = WordText.Read(CreateWord("<w:p/>"));

        Assert.True(result.IsWithoutText);
        Assert.StartsWith("it has no text.", result.Remark, StringComparison.Ordinal);
    }

    private static string Read(string body, params (string Name, string Xml)[] parts) => ReadDocument(body, parts).Text;

    private static Document ReadDocument(string body, params (string Name, string Xml)[] parts) =>
        WordText.Read(CreateWord(body, parts)).Document!;
}
