using System.IO.Compression;
using System.Xml.Linq;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Files;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes a model as a NuGet package. Builds copy the package's folder <c>model</c> beside the application.</summary>
internal sealed class ModelPackage
{
    private const string ModelFolder = "model";
    private const string TargetsResource = "ModelPackage.targets";

    /// <summary>The beginnings of the names of files with licenses, which a package must keep.</summary>
    private static readonly string[] Notices = ["LICENSE", "NOTICE", "README"];

    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";
    private static readonly XNamespace ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly JinaEmbeddingModel _model;
    private readonly string _folder;
    private readonly ModelManifest? _manifest;

    /// <param name="model">The model.</param>
    /// <param name="folder">The path of its directory.</param>
    public ModelPackage(JinaEmbeddingModel model, string folder)
    {
        _model = model;
        _folder = folder;
        _manifest = model.Repository is null ? null : ModelManifest.TryRead(folder);
    }

    public required string Id { get; init; }

    public required string Version { get; init; }

    /// <summary>Writes the package. The file appears under its name when it is complete.</summary>
    /// <returns>The path of the file.</returns>
    public string Write(string outputFolder)
    {
        Directory.CreateDirectory(outputFolder);
        var path = Path.Combine(outputFolder, $"{Id}.{Version}.nupkg");
        AtomicFile.Write(path, temporary =>
        {
            using var archive = ZipFile.Open(temporary, ZipArchiveMode.Create);
            WriteEntries(archive);
        });
        return path;
    }

    private void WriteEntries(ZipArchive archive)
    {
        Write(archive, $"{Id}.nuspec", CreateNuspec());
        Write(archive, "[Content_Types].xml", CreateContentTypes());
        Write(archive, "_rels/.rels", CreateRelationships());
        foreach (var folder in (string[])["build", "buildTransitive"])
        {
            using var targets = typeof(ModelPackage).Assembly.GetManifestResourceStream(TargetsResource)!;
            using var entry = archive.CreateEntry($"{folder}/{Id}.targets").Open();
            targets.CopyTo(entry);
        }

        // A model of the hub has its place in the cache, so that it is found by its name. Another model has its name as its folder.
        var place = _manifest is { } manifest ? $"models/{manifest.Repository}/{manifest.Commit}" : _model.Name;
        foreach (var file in ListFiles())
        {
            // Weights are nearly random numbers, which do not get much smaller.
            archive.CreateEntryFromFile(Path.Combine(_folder, file), EntryName($"{place}/{file}"), CompressionLevel.Fastest);
        }

        if (_manifest is not null)
        {
            var revision = $"models/{_manifest.Repository}/refs/{Uri.EscapeDataString(_model.Revision!)}";
            using var writer = new StreamWriter(archive.CreateEntry(EntryName(revision)).Open());
            writer.Write(_manifest.Commit);
        }
    }

    private IEnumerable<string> ListFiles()
    {
        var files = _manifest is { } manifest
            ? manifest.Files.Select(file => file.Path).Append(ModelManifest.FileName)
            : JinaModelInfo.Read(_folder).Files;
        var notices = Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path))
            .Where(name => Notices.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)));
        return files.Concat(notices).Distinct();
    }

    private XElement CreateNuspec() => new(
        Nuspec + "package",
        new XElement(
            Nuspec + "metadata",
            new XElement(Nuspec + "id", Id),
            new XElement(Nuspec + "version", Version),
            new XElement(Nuspec + "authors", _model.Repository?.Split('/')[0] ?? Environment.UserName),
            new XElement(Nuspec + "description", $"The embedding model {_model.Name} for Jina.Extensions.AI."),
            new XElement(Nuspec + "tags", "jina embeddings model")));

    private static XElement CreateContentTypes() => new(
        ContentTypes + "Types",
        ContentType("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ContentType("nuspec", "application/octet"),
        ContentType("targets", "application/octet"));

    private static XElement ContentType(string extension, string type) =>
        new(ContentTypes + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));

    private XElement CreateRelationships() => new(
        Relationships + "Relationships",
        new XElement(
            Relationships + "Relationship",
            new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"),
            new XAttribute("Target", $"/{Id}.nuspec"),
            new XAttribute("Id", "R1")));

    /// <summary>NuGet decodes the names of entries, as those of URIs.</summary>
    private static string EntryName(string path) => string.Join('/', $"{ModelFolder}/{path}".Split('/').Select(Uri.EscapeDataString));

    private static void Write(ZipArchive archive, string name, XElement content)
    {
        using var entry = archive.CreateEntry(name).Open();
        content.Save(entry);
    }
}
