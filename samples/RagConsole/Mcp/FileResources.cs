using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using RagConsole.Output;

namespace RagConsole.Mcp;

/// <summary>Provides indexed files, and lines of them, as resources.</summary>
internal static class FileResources
{
    private const string Prefix = "jina-rag:///";
    private const string Template = "jina-rag:///{+path}{?start,count}";
    private const int PageSize = 100;

    /// <summary>Gets the template of all resources.</summary>
    public static ListResourceTemplatesResult Templates { get; } = new()
    {
        ResourceTemplates =
        [
            new ResourceTemplate
            {
                UriTemplate = Template,
                Name = "file",
                Title = "Lines of an indexed file",
                Description = "The text of an indexed file. path is its absolute path. start and count select lines, pages or other units.",
                MimeType = "text/plain",
            },
        ],
    };

    /// <summary>Returns the URI of lines of a file.</summary>
    public static string CreateUri(string root, string file, int start, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{CreateUri(root, file)}?start={start}&count={count}");

    /// <summary>Returns the link of a result to its resource.</summary>
    public static ResourceLinkBlock CreateLink(FoundPassage passage) =>
        new() { Uri = passage.Uri, Name = Printable.Name(passage.Place), MimeType = "text/plain" };

    /// <summary>Returns a page of the indexed files.</summary>
    /// <param name="library">The library.</param>
    /// <param name="cursor">The end of the previous page, or null for the first page.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async ValueTask<ListResourcesResult> ListAsync(
        ServedLibrary library, string? cursor, CancellationToken cancellationToken)
    {
        var after = cursor is null ? "" : ReadCursor(cursor);
        var files = await library.ListFilesAsync(cancellationToken);
        var page = files
            .Where(file => string.CompareOrdinal(file.Source, after) > 0)
            .OrderBy(file => file.Source, StringComparer.Ordinal)
            .Take(PageSize + 1)
            .ToList();
        return new ListResourcesResult
        {
            Resources = [.. page.Take(PageSize).Select(file => new Resource
            {
                Uri = CreateUri(file.Root, file.File),
                Name = Printable.Name(file.File),
                MimeType = "text/plain",
            })],
            NextCursor = page.Count > PageSize ? WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(page[PageSize - 1].Source)) : null,
        };
    }

    /// <summary>Returns the text of a resource.</summary>
    public static async ValueTask<ReadResourceResult> ReadAsync(ServedLibrary library, string uri, CancellationToken cancellationToken)
    {
        try
        {
            var (path, start, count) = Parse(uri);
            var open = await library.OpenAsync(progress: null, cancellationToken);
            var file = await open.Files.FindAsync(path, cancellationToken);
            var excerpt = await open.Reader.ReadAsync(file, path, new NextPlace(start, 0), count, cancellationToken);
            var more = excerpt.Next switch
            {
                null => "",
                { StartCharacter: 0 } next => $"\n\n[Continue with start={next.StartLine}.]",
                { } next => $"\n\n[The {excerpt.Unit} {next.StartLine} is too long for a resource. The tool 'read' returns all of it.]",
            };
            return new ReadResourceResult
            {
                Contents = [new TextResourceContents { Uri = uri, MimeType = "text/plain", Text = excerpt.Text + more }],
            };
        }
        catch (ToolException error)
        {
            throw new McpProtocolException(error.Message, McpErrorCode.InvalidParams);
        }
    }

    /// <summary>Completes the path of a file in the template.</summary>
    public static async ValueTask<CompleteResult> CompleteAsync(
        ServedLibrary library, CompleteRequestParams request, CancellationToken cancellationToken)
    {
        if (request is not { Ref: ResourceTemplateReference { Uri: Template }, Argument: { Name: "path", Value: var begun } })
        {
            return new CompleteResult { Completion = new Completion { Values = [] } };
        }

        var paths = (await library.ListFilesAsync(cancellationToken))
            .Select(file => CreateUri(file.Root, file.File)[Prefix.Length..])
            .Where(path => path.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        var values = paths.Take(PageSize).ToList();
        return new CompleteResult
        {
            Completion = new Completion { Values = values, Total = paths.Count, HasMore = paths.Count > values.Count },
        };
    }

    private static string CreateUri(string root, string file)
    {
        var path = $"{root.Replace(Path.DirectorySeparatorChar, '/')}/{file}".TrimStart('/');
        return Prefix + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }

    private static (string Path, int Start, int Count) Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new ToolException($"The URI '{Printable.Name(text)}' is not a resource of this server; expected {Template}.");
        }

        var parts = text[Prefix.Length..].Split('?', 2);
        var query = QueryHelpers.ParseQuery(parts.ElementAtOrDefault(1));
        var path = Uri.UnescapeDataString(parts[0]);
        return (
            OperatingSystem.IsWindows() ? path : $"/{path}",
            GetNumber("start", 1, int.MaxValue),
            GetNumber("count", FileReader.MaxLines, FileReader.MaxLines));

        int GetNumber(string name, int otherwise, int maximum)
        {
            if (!query.TryGetValue(name, out var value))
            {
                return otherwise;
            }

            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= maximum
                ? number
                : throw new ToolException($"The value of {name} in the URI must be a number from 1 to {maximum}.");
        }
    }

    private static string ReadCursor(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor));
        }
        catch (FormatException)
        {
            throw new McpProtocolException("The cursor is not valid. List the resources from the start.", McpErrorCode.InvalidParams);
        }
    }
}
