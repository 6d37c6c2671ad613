using System.ComponentModel;
using System.Globalization;
using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using RagConsole.Output;

namespace RagConsole.Mcp;

/// <summary>Represents the tool <c>status</c>.</summary>
internal sealed class StatusTool(ServedLibrary library)
{
    [McpServerTool(
        Name = "status",
        Title = "Show what is indexed",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(StatusResult))]
    [Description(
        "Shows which folders are indexed, with their numbers of files and passages, the progress of indexing, the embedding model and "
        + "problems with files. Use it if 'search' finds too little, or to learn the names of the collections.")]
    public async Task<CallToolResult> ShowAsync(CancellationToken cancellationToken)
    {
        var status = await library.DescribeAsync(cancellationToken);
        var text = new StringBuilder($"State: {status.State}. {status.Detail}\n");
        foreach (var collection in status.Collections)
        {
            text.Append(CultureInfo.InvariantCulture, $"Collection {Printable.Name(collection.Name)}: ")
                .Append(CultureInfo.InvariantCulture, $"{collection.Files} files, {collection.Passages} passages, ")
                .Append(CultureInfo.InvariantCulture, $"{collection.Problems} problems, in {Printable.Name(collection.Folder)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"Model: {status.Model ?? "not loaded yet"}\nDatabase: {status.Database}\n");
        status.Problems.ToList().ForEach(problem => text.Append(CultureInfo.InvariantCulture, $"Problem: {problem}\n"));
        return ToolResult.Create(text.ToString().TrimEnd(), status);
    }
}
