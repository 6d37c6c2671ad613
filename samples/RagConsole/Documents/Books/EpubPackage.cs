using System.IO.Compression;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace RagConsole.Documents.Books;

/// <summary>Represents a file of the reading order of a book.</summary>
/// <param name="Path">The path in the archive.</param>
/// <param name="IsNavigation">Whether the file is the table of contents.</param>
internal sealed record EpubChapter(string Path, bool IsNavigation);

/// <summary>Reads the package document of an EPUB book: title, reading order and the titles of chapters.</summary>
internal sealed class EpubPackage
{
    private const string Container = "META-INF/container.xml";
    private const string Encryption = "META-INF/encryption.xml";

    /// <summary>These algorithms only change fonts, so that they cannot be copied.</summary>
    private static readonly string[] FontAlgorithms = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

    private readonly ZipArchive _archive;
    private readonly string _folder;

    private EpubPackage(ZipArchive archive, string folder) => (_archive, _folder) = (archive, folder);

    public string Title { get; private init; } = "";

    /// <summary>Gets the files in reading order.</summary>
    public IReadOnlyList<EpubChapter> Chapters { get; private set; } = [];

    /// <summary>Gets the titles of chapters in the table of contents, by path.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; private set; } = new Dictionary<string, string>();

    /// <summary>Reads the package document.</summary>
    /// <exception cref="UnreadableDocumentException">The archive is not a book, or the book is encrypted.</exception>
    public static EpubPackage Read(ZipArchive archive)
    {
        if (archive.GetEntry(Container) is not { } container)
        {
            throw new UnreadableDocumentException($"it is not an EPUB book. The archive does not contain {Container}.");
        }

        var path = Find(Load(container), "rootfile")
            .Select(file => file.Attribute("full-path")?.Value)
            .FirstOrDefault(file => file is not null);
        if (path is null || archive.GetEntry(path) is not { } entry)
        {
            throw new UnreadableDocumentException("it is damaged: the package document of the book is missing.");
        }

        var root = Load(entry);
        var package = new EpubPackage(archive, path[..(path.LastIndexOf('/') + 1)])
        {
            Title = JoinWords(Find(root, "title").FirstOrDefault()?.Value ?? ""),
        };
        package.ReadOrder(root);
        package.RejectEncrypted();
        return package;
    }

    private static XDocument Load(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return XmlContent.Load(stream);
    }

    private static string JoinWords(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<XElement> Find(XContainer parent, string name) =>
        parent.Descendants().Where(element => element.Name.LocalName == name);

    private void ReadOrder(XDocument root)
    {
        var items = Find(root, "item")
            .Where(item => item.Attribute("id") is not null)
            .DistinctBy(item => item.Attribute("id")!.Value)
            .ToDictionary(item => item.Attribute("id")!.Value);
        var navigation = items.Values.FirstOrDefault(item =>
            (item.Attribute("properties")?.Value ?? "").Split(' ').Contains("nav", StringComparer.Ordinal));
        Chapters =
        [
            .. Find(root, "itemref")
                .Select(reference => items.GetValueOrDefault(reference.Attribute("idref")?.Value ?? ""))
                .Select(item => new EpubChapter(
                    Resolve(_folder, item?.Attribute("href")?.Value ?? ""), item is not null && item == navigation)),
        ];
        if (navigation is not null && Resolve(_folder, navigation.Attribute("href")?.Value ?? "") is var path
            && _archive.GetEntry(path) is { } entry)
        {
            Titles = ReadNavigation(entry, path);
        }
        else if (items.Values.FirstOrDefault(item => item.Attribute("media-type")?.Value == "application/x-dtbncx+xml") is { } contents
            && Resolve(_folder, contents.Attribute("href")?.Value ?? "") is var contentsPath
            && _archive.GetEntry(contentsPath) is { } contentsEntry)
        {
            Titles = ReadContents(Load(contentsEntry), contentsPath);
        }
    }

    /// <summary>Reads the table of contents of EPUB 3.</summary>
    private static Dictionary<string, string> ReadNavigation(ZipArchiveEntry entry, string path)
    {
        using var stream = entry.Open();
        using var page = new HtmlParser(new HtmlParserOptions { MaximumDepth = XmlContent.MaxDepth }).ParseDocument(stream);
        var list = page.QuerySelectorAll("nav").FirstOrDefault(nav => nav.GetAttribute("epub:type") is null or "toc");
        return CreateTitles((list?.QuerySelectorAll("a[href]") ?? Enumerable.Empty<AngleSharp.Dom.IElement>())
            .Select(link => (link.GetAttribute("href")!, link.TextContent)), path);
    }

    /// <summary>Reads the table of contents of EPUB 2.</summary>
    private static Dictionary<string, string> ReadContents(XDocument root, string path) => CreateTitles(
        Find(root, "navPoint").Select(point => (
            point.Elements().FirstOrDefault(child => child.Name.LocalName == "content")?.Attribute("src")?.Value ?? "",
            point.Elements().FirstOrDefault(child => child.Name.LocalName == "navLabel")?.Value ?? "")),
        path);

    private static Dictionary<string, string> CreateTitles(IEnumerable<(string Address, string Title)> links, string path)
    {
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var titles = new Dictionary<string, string>();
        foreach (var (address, text) in links)
        {
            var title = JoinWords(text);
            if (title.Length > 0)
            {
                titles.TryAdd(Resolve(folder, address), title);
            }
        }

        return titles;
    }

    private void RejectEncrypted()
    {
        if (_archive.GetEntry(Encryption) is not { } entry)
        {
            return;
        }

        var chapters = Chapters.Select(chapter => chapter.Path).ToHashSet();
        foreach (var data in Find(Load(entry), "EncryptedData"))
        {
            var algorithm = Find(data, "EncryptionMethod").FirstOrDefault()?.Attribute("Algorithm")?.Value;
            var path = Find(data, "CipherReference").FirstOrDefault()?.Attribute("URI")?.Value ?? "";
            if (!FontAlgorithms.Contains(algorithm) && chapters.Contains(Resolve("", path)))
            {
                throw new UnreadableDocumentException("it is encrypted (digital rights management). Only its own reader can open it.");
            }
        }
    }

    /// <summary>Returns the path of an address in a file, without its fragment. Addresses are relative to the folder of the file.</summary>
    private static string Resolve(string folder, string address)
    {
        var parts = new List<string>();
        foreach (var part in $"{folder}{Uri.UnescapeDataString(address.Split('#')[0])}".Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".." or ""))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
