using System.ComponentModel;

namespace RagConsole.Mcp;

/// <summary>Represents an indexed folder.</summary>
internal sealed record CollectionStatus(
    [property: Description("The name, for the argument 'collection' of 'search'.")] string Name,
    [property: Description("The folder.")] string Folder,
    [property: Description("The number of files with passages.")] int Files,
    [property: Description("The number of passages.")] int Passages,
    [property: Description("The number of files that have no text or could not be read.")] int Problems);

/// <summary>Represents the result of the tool <c>status</c>.</summary>
internal sealed record StatusResult(
    [property: Description("'loading', 'waiting', 'indexing', 'ready' or 'failed'.")] string State,
    [property: Description("The meaning of the state, and the next step.")] string Detail,
    [property: Description("The share of the current indexing that is done, in percent.")] int? Percent,
    [property: Description("The embedding model.")] string? Model,
    [property: Description("The database file.")] string Database,
    [property: Description("The indexed folders.")] IReadOnlyList<CollectionStatus> Collections,
    [property: Description("The latest problems with files, at most 10.")] IReadOnlyList<string> Problems);
