using System.ComponentModel;

namespace RagConsole.Mcp;

/// <summary>Represents a passage that was found.</summary>
internal sealed record FoundPassage(
    [property: Description("The file, as 'read' expects it.")] string File,
    [property: Description("The place for a citation: the file with its lines, pages, slides or other units.")] string Place,
    [property: Description("The first line, page or other unit of the passage.")] int StartLine,
    [property: Description("The last line, page or other unit.")] int EndLine,
    [property: Description("The score. Only the order of the results has a meaning.")] double Score,
    [property: Description("The passage, with the headings above it. It is empty or shortened if the result would be too long.")]
    string Text,
    [property: Description("Whether the text is shortened. 'read' returns all of it.")] bool IsShortened,
    [property: Description("The URI of the resource with these lines.")] string Uri);

/// <summary>Represents the result of the tool <c>search</c>.</summary>
internal sealed record SearchResult(
    [property: Description("The passages, best first.")] IReadOnlyList<FoundPassage> Results,
    [property: Description("Whether the passages are probably not about the query.")] bool IsDoubtful,
    [property: Description("A remark about this result, for example that indexing is in progress.")] string? Note);
