using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using RagConsole.Output;

namespace RagConsole.Mcp;

/// <summary>Represents the tool <c>read</c>.</summary>
internal sealed class ReadTool(ServedLibrary library)
{
    [McpServerTool(
        Name = "read",
        Title = "Read a file",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(FileExcerpt))]
    [Description(
        "Reads lines of an indexed file, to see more than the passage that 'search' returned. For PDF, Office and other formats it "
        + "returns the extracted text, and the numbers count pages, slides or the like. Only indexed files can be read.")]
    public async Task<CallToolResult> ReadAsync(
        [Description("The file, exactly as 'search' returned it.")]
        [MinLength(1), MaxLength(8000)]
        string file,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken,
        [Description("The first line, page or other unit, counted from 1.")]
        [Range(1, int.MaxValue)]
        int startLine = 1,
        [Description("The maximum number of lines or other units. A result ends earlier after 4,000 tokens and says where to continue.")]
        [Range(1, FileReader.MaxLines)]
        int count = 200,
        [Description("The number of characters of the first line or other unit to skip. Pass it only if 'next' of the last call has it.")]
        [Range(0, int.MaxValue)]
        int startCharacter = 0)
    {
        var open = await library.OpenAsync(progress, cancellationToken);
        var record = await open.Files.FindAsync(file, cancellationToken);
        var excerpt = await open.Reader.ReadAsync(record, file, new NextPlace(startLine, startCharacter), count, cancellationToken);
        var header = $"{Printable.Name(file)}, {excerpt.Unit}s {excerpt.StartLine}-{excerpt.EndLine} of {excerpt.LastLine}";
        var more = excerpt.Next switch
        {
            null => "",
            { StartCharacter: 0 } next => $"\n\nContinue with startLine {next.StartLine}.",
            { } next => $"\n\nContinue with startLine {next.StartLine} and startCharacter {next.StartCharacter}.",
        };
        return ToolResult.Create($"{header}\n{excerpt.Text}{more}", excerpt);
    }
}
