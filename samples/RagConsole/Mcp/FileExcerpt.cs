using System.ComponentModel;

namespace RagConsole.Mcp;

/// <summary>Represents a place in a file where reading can continue.</summary>
internal sealed record NextPlace(
    [property: Description("The value of startLine for the next call.")] int StartLine,
    [property: Description("The value of startCharacter for the next call. It is not 0 if the text ends within a long unit.")]
    int StartCharacter);

/// <summary>Represents the result of the tool <c>read</c>.</summary>
internal sealed record FileExcerpt(
    [property: Description("The file.")] string File,
    [property: Description("The unit of the numbers: line, page, paragraph, slide, chapter, message or file.")] string Unit,
    [property: Description("The first line, page or other unit of the text.")] int StartLine,
    [property: Description("The last line or other unit of the text.")] int EndLine,
    [property: Description("The last line or other unit of the file.")] int LastLine,
    [property: Description("The text. For formats such as PDF or DOCX, the extracted text.")] string Text,
    [property: Description("Where to continue. It is missing at the end of the file.")] NextPlace? Next);
