using RagConsole.Documents;
using RagConsole.Documents.Books;

namespace RagConsole.Tests.Documents.Books;

public sealed class EpubTextTests
{
    private const string Navigation = """
        <html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="landmarks"><a href="text/c%201.xhtml">Start</a></nav>
        <nav epub:type="toc"><a href="text/c%200.xhtml">First</a><a href="text/c%201.xhtml#s">Second
        part</a><a href="text/c%202.xhtml">Third</a></nav></body></html>
        """;

    private const string Contents = """
        <!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://example.org/none.dtd"><ncx><navMap><navPoint><navLabel><text>Old</text>
        </navLabel><content src="text/c%200.xhtml"/><navPoint><navLabel><text>Inner</text></navLabel><content src="text/c%201.xhtml"/>
        </navPoint></navPoint></navMap></ncx>
        """;

    [Fact]
    public void Chapters_are_read_in_reading_order_without_the_table_of_contents()
    {
        var document = Read(
            ["<title>X</title><h1>One</h1><p>a</p>", "<p>b</p>", "<p>Third</p><p>c</p>"], ("book/nav.xhtml", Navigation));

        Assert.Equal("# One\n\na\n\n# Second part\n\nb\n\n# Third\n\nc", document.Text);
        Assert.Equal((PlaceUnit.Chapter, "The book"), (document.Unit, document.Title));
        Assert.Equal([2, 3, 4], new[] { "a\n", "b\n", "Third" }.Select(document.LineOf));
    }

    [Fact]
    public void Titles_of_an_older_book_are_in_its_NCX_file()
    {
        var package = """
            <package><manifest><item id="a" href="text/c%200.xhtml"/><item id="b" href="./text/../text/c 1.xhtml"/>
            <item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
            <spine toc="n"><itemref idref="b"/><itemref idref="a"/></spine></package>
            """;

        var book = EpubFile.CreateFromPackage(
            package, ("book/toc.ncx", Contents), ("book/text/c 0.xhtml", "<p>a"), ("book/text/c 1.xhtml", "<p>b"));

        Assert.Equal("# Inner\n\nb\n\n# Old\n\na", EpubText.Read(book).Document!.Text);
    }

    [Theory]
    [InlineData("<head><title/><script src='a'/></head><body><p>a <a id='x'/>b<i class=\"c\" />c<br/>d</p></body>", "a bc\nd")]
    [InlineData("<p>a &nbsp;&#8211; b</p>", "a – b")]
    [InlineData("<p title='<a/>'>a</p><!-- <b/> -->", "a")]
    public void Empty_elements_of_XHTML_do_not_contain_the_text_after_them(string chapter, string text) =>
        Assert.Equal(text, Read([chapter]).Text);

    [Fact]
    public void An_encrypted_chapter_is_rejected_and_changed_fonts_are_not()
    {
        var fonts = Encrypt("http://www.idpf.org/2008/embedding", "book/font.otf");

        Assert.Equal("a", Read(["<p>a"], fonts).Text);
        var error = Assert.Throws<UnreadableDocumentException>(() =>
            Read(["<p>a"], Encrypt("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "book/text/c%200.xhtml")));
        Assert.StartsWith("it is encrypted", error.Message, StringComparison.Ordinal);

        static (string, string) Encrypt(string algorithm, string path) => ("META-INF/encryption.xml", $"""
            <encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
            <EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">
            <EncryptionMethod Algorithm="{algorithm}"/><CipherData><CipherReference URI="{path}"/></CipherData></EncryptedData></encryption>
            """);
    }

    [Fact]
    public void A_book_of_pictures_is_reported()
    {
        var result = EpubText.Read(EpubFile.Create(["<img src=a>"]));

        Assert.True(result.IsWithoutText);
        Assert.StartsWith("it has no text (chapters: 3).", result.Remark, StringComparison.Ordinal);
    }

    private static Document Read(IReadOnlyList<string> chapters, params (string Path, string Text)[] more) =>
        EpubText.Read(EpubFile.Create(chapters, more)).Document!;
}
