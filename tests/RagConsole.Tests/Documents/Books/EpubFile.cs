namespace RagConsole.Tests.Documents.Books;

/// <summary>Creates EPUB books.</summary>
internal static class EpubFile
{
    /// <summary>Creates a book from its chapters in reading order and other files in its folder.</summary>
    public static byte[] Create(IReadOnlyList<string> chapters, params (string Path, string Text)[] more)
    {
        // The manifest has another order than the book.
        var numbers = Enumerable.Range(0, chapters.Count).ToList();
        var items = Enumerable.Reverse(numbers).Select(number => $"""<item id="c{number}" href="text/c%20{number}.xhtml"/>""");
        var spine = numbers.Select(number => $"""<itemref idref="c{number}"/>""");
        return CreateFromPackage(
            $"""
            <package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">
            <metadata><dc:title>The  book</dc:title></metadata><manifest>
            <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
            <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
            {string.Concat(items)}</manifest>
            <spine><itemref idref="nav"/>{string.Concat(spine)}<itemref idref="missing"/></spine></package>
            """,
            [.. chapters.Index().Select(chapter => ($"book/text/c {chapter.Index}.xhtml", chapter.Item)), .. more]);
    }

    /// <summary>Creates a book from its package document.</summary>
    public static byte[] CreateFromPackage(string package, params (string Path, string Text)[] files) => ZipFile.Create(
    [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", """
            <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
            <rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
            """),
        ("book/package.opf", package),
        .. files,
    ]);
}
