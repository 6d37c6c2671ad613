namespace RagConsole.Tests.Documents.Office;

/// <summary>Creates files of Office from the XML of their parts.</summary>
internal static class OfficeFile
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string WordTypes = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    private const string SlideTypes = "application/vnd.openxmlformats-officedocument.presentationml";

    /// <summary>Creates a Word document from the content of its body and other parts, such as <c>styles</c> and <c>footnotes</c>.</summary>
    public static byte[] CreateWord(string body, params (string Name, string Xml)[] parts) => CreateWordRoot(
        $"""
        <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{Relationships}"
          xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
          xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
          xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
          xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
          xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">
          <w:body>{body}</w:body></w:document>
        """,
        parts);

    /// <summary>Creates a Word document from its whole XML.</summary>
    public static byte[] CreateWordRoot(string document, params (string Name, string Xml)[] parts) => ZipFile.Create(
    [
        CreateTypes(
            parts.Select(part => ($"/word/{part.Name}.xml", $"{WordTypes}.{part.Name}+xml"))
                .Append(("/word/document.xml", $"{WordTypes}.document.main+xml"))),
        CreateRelationships("_rels/.rels", [("officeDocument", "word/document.xml")]),
        ("word/document.xml", document),
        CreateRelationships("word/_rels/document.xml.rels", parts.Select(part => (part.Name, $"{part.Name}.xml"))),
        .. parts.Select(part => (
            $"word/{part.Name}.xml",
            $"""<w:{part.Name} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{part.Xml}</w:{part.Name}>""")),
    ]);

    /// <summary>Creates a paragraph of Word with a style, or without one.</summary>
    public static string Paragraph(string text, string style = "", string properties = "") =>
        $"<w:p><w:pPr>{(style.Length == 0 ? "" : $"""<w:pStyle w:val="{style}"/>""")}{properties}</w:pPr>{Run(text)}</w:p>";

    public static string Run(string text) => $"""<w:r><w:t xml:space="preserve">{text}</w:t></w:r>""";

    /// <summary>Creates a presentation. The files of the slides are numbered in the reverse order.</summary>
    /// <param name="slides">For each slide, the shapes, the notes or null, and whether the slide is hidden.</param>
    public static byte[] CreatePowerPoint(params (string Shapes, string? Notes, bool IsHidden)[] slides)
    {
        var numbers = Enumerable.Range(0, slides.Length).Select(index => slides.Length - index).ToList();
        var withNotes = slides.Zip(numbers).Where(slide => slide.First.Notes is not null).ToList();
        return ZipFile.Create(
        [
            CreateTypes(numbers.Select(number => ($"/ppt/slides/slide{number}.xml", $"{SlideTypes}.slide+xml"))
                .Concat(withNotes.Select(slide => ($"/ppt/notesSlides/notes{slide.Second}.xml", $"{SlideTypes}.notesSlide+xml")))
                .Append(("/ppt/presentation.xml", $"{SlideTypes}.presentation.main+xml"))),
            CreateRelationships("_rels/.rels", [("officeDocument", "ppt/presentation.xml")]),
            ("ppt/presentation.xml", $"""
                <p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{Relationships}"><p:sldIdLst>
                {string.Concat(numbers.Index().Select(slide => $"""<p:sldId id="{256 + slide.Index}" r:id="r{slide.Index}"/>"""))}
                </p:sldIdLst></p:presentation>
                """),
            CreateRelationships("ppt/_rels/presentation.xml.rels", numbers.Select(number => ("slide", $"slides/slide{number}.xml"))),
            .. slides.Zip(numbers).Select(slide =>
                ($"ppt/slides/slide{slide.Second}.xml", CreateSlide("sld", slide.First.Shapes, slide.First.IsHidden))),
            .. withNotes.SelectMany(slide => new[]
            {
                CreateRelationships(
                    $"ppt/slides/_rels/slide{slide.Second}.xml.rels", [("notesSlide", $"../notesSlides/notes{slide.Second}.xml")]),
                ($"ppt/notesSlides/notes{slide.Second}.xml", CreateSlide("notes", slide.First.Notes!, isHidden: false)),
            }),
        ]);
    }

    /// <summary>Creates a shape of a slide.</summary>
    /// <param name="placeholder">The type of the placeholder, or an empty string for a text box.</param>
    /// <param name="paragraphs">The paragraphs. Each tab at the start of one is a level of a list.</param>
    public static string Shape(string placeholder, params string[] paragraphs) =>
        $"""
        <p:sp><p:nvSpPr><p:cNvPr id="2" name="n"/><p:cNvSpPr/><p:nvPr>
        {(placeholder.Length == 0 ? "" : $"""<p:ph type="{placeholder}"/>""")}</p:nvPr></p:nvSpPr><p:spPr/>
        <p:txBody><a:bodyPr/>{string.Concat(paragraphs.Select(DrawingParagraph))}</p:txBody></p:sp>
        """;

    public static string DrawingParagraph(string text) =>
        $"""<a:p><a:pPr lvl="{text.Count(character => character == '\t')}"/><a:r><a:t>{text.TrimStart('\t')}</a:t></a:r></a:p>""";

    private static string CreateSlide(string element, string shapes, bool isHidden) =>
        $"""
        <p:{element} xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{Relationships}"
          xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"{(isHidden ? " show=\"0\"" : "")}><p:cSld><p:spTree>
        <p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld></p:{element}>
        """;

    private static (string Path, string Text) CreateTypes(IEnumerable<(string Part, string Type)> parts) => (
        "[Content_Types].xml",
        $"""
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        {string.Concat(parts.Select(part => $"""<Override PartName="{part.Part}" ContentType="{part.Type}"/>"""))}</Types>
        """);

    private static (string Path, string Text) CreateRelationships(string path, IEnumerable<(string Type, string Target)> targets) => (
        path,
        $"""
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        {string.Concat(targets.Index().Select(target =>
            $"""<Relationship Id="r{target.Index}" Type="{Relationships}/{target.Item.Type}" Target="{target.Item.Target}"/>"""))}
        </Relationships>
        """);
}
