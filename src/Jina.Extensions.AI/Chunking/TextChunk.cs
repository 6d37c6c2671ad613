namespace Jina.Extensions.AI;

/// <summary>A piece of a text that a <see cref="TokenChunker"/> cut.</summary>
/// <param name="Start">The position of its first character.</param>
/// <param name="End">The position behind its last character.</param>
/// <param name="StartLine">The line that it starts in, counted from 1; lines end with \n, \r\n or \r.</param>
/// <param name="EndLine">The line that its last character stands in, counted from 1.</param>
public readonly record struct TextChunk(int Start, int End, int StartLine, int EndLine)
{
    /// <summary>Gets the piece's place, as an index into the text that was cut: <c>text[chunk.Range]</c>.</summary>
    public Range Range => Start..End;
}
