using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Mcp;

/// <summary>Represents the tool <c>search</c>.</summary>
internal sealed class SearchTool(ServedLibrary library)
{
    [McpServerTool(
        Name = "search",
        Title = "Search files",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(SearchResult))]
    [Description(
        "Finds passages in the user's indexed files (notes, documents, source code) by meaning and by shared words. Use it first for "
        + "any question that these files could answer. Returns the best passages with file, lines and text.")]
    public async Task<CallToolResult> SearchAsync(
        [Description("A question or a few words in English. A whole question finds more than single words.")]
        [MinLength(1), MaxLength(2000)]
        string query,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken,
        [Description("The number of passages.")]
        [Range(1, 20)]
        int top = 5,
        [Description("Searches only files with this pattern below their folder, such as 'docs/**' or '*.md', or only this subfolder.")]
        [MaxLength(1000)]
        string? path = null,
        [Description("Searches only this collection. 'status' lists the collections.")]
        [MaxLength(1000)]
        string? collection = null)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new ToolException("The query is empty. Pass a question or a few words.");
        }

        var open = await library.OpenAsync(progress, cancellationToken);
        var folders = await open.Store.ListFoldersAsync(cancellationToken);
        var scope = CreateScope(folders, path, collection);
        var hits = await FindAsync(open.Search, query, top, scope, cancellationToken);
        var isDoubtful = hits.Count > 0 && await open.Relevance.IsDoubtfulAsync(query, hits, scope, cancellationToken);
        var names = hits.Select(hit => IndexedFiles.GetName(hit.Passage.Root, hit.Passage.File, folders.Count == 1)).ToList();
        return Create(hits, names, isDoubtful, library.FindGap(folders), new TokenBudget(open.Tokenizer, TokenBudget.ResultTokens));
    }

    private static async Task<IReadOnlyList<Hit>> FindAsync(
        PassageSearch search, string query, int top, PassageScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return await search.FindAsync([query], top, SearchKind.Hybrid, scope, cancellationToken);
        }
        catch (ArgumentException error) when (scope.Path is not null)
        {
            throw new ToolException($"The path '{Printable.Name(scope.Path)}' is not a valid pattern: {error.Message}");
        }
    }

    private static PassageScope CreateScope(IReadOnlyList<FolderCollection> folders, string? path, string? collection)
    {
        try
        {
            var roots = collection is null ? [] : CollectionCatalog.Find(folders, [collection]).Select(folder => folder.Root).ToList();
            return new PassageScope(roots, string.IsNullOrWhiteSpace(path) ? null : path);
        }
        catch (KeyNotFoundException error)
        {
            throw new ToolException(error.Message);
        }
    }

    private static CallToolResult Create(
        IReadOnlyList<Hit> hits, List<string> names, bool isDoubtful, string? gap, TokenBudget budget)
    {
        // The places of all passages fit before the text of any.
        var headers = hits
            .Select((hit, index) => (hit.Score, Number: index + 1, Place: Printable.Name(hit.Passage.DescribePlace(names[index]))))
            .Select(hit => string.Create(CultureInfo.InvariantCulture, $"{hit.Number}. {hit.Place} (score {hit.Score:F3})"))
            .TakeWhile(budget.TryTake)
            .ToList();
        var results = headers.Select((_, index) => Describe(hits[index], names[index], budget)).ToList();
        var note = CreateNote(results.Count, isDoubtful, results.Any(result => result.IsShortened), gap);
        var text = string.Concat(results.Select((result, index) => $"{headers[index]}\n{result.Text}\n\n")) + note;
        return ToolResult.Create(
            text.TrimEnd(), new SearchResult(results, isDoubtful, note), results.Select(FileResources.CreateLink));
    }

    private static FoundPassage Describe(Hit hit, string name, TokenBudget budget)
    {
        var passage = hit.Passage;
        var all = passage.Text.Trim();
        var text = budget.TakeBeginning(all);
        return new FoundPassage(
            name,
            passage.DescribePlace(name),
            passage.StartLine,
            passage.EndLine,
            Math.Round(hit.Score, 4),
            text,
            IsShortened: text.Length < all.Length,
            FileResources.CreateUri(passage.Root, passage.File, passage.StartLine, passage.EndLine - passage.StartLine + 1));
    }

    private static string? CreateNote(int found, bool isDoubtful, bool isShortened, string? gap)
    {
        string?[] parts =
        [
            found == 0 ? "Nothing was found. Try other words, or search without path and collection." : null,
            isDoubtful ? "These passages are probably not about the query." : null,
            isShortened ? "Some texts are shortened. Use 'read' with the file and startLine to see all of them." : null,
            gap,
        ];
        var note = string.Join(' ', parts.OfType<string>());
        return note.Length == 0 ? null : note;
    }
}
