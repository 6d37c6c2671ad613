namespace Jina.Extensions.AI;

/// <summary>Represents a part of a text that a <see cref="TokenChunker"/> returns.</summary>
public readonly record struct TextChunk
{
    internal TextChunk(int start, int end, int startLine, int endLine)
    {
        Start = start;
        End = end;
        StartLine = startLine;
        EndLine = endLine;
    }

    /// <summary>Gets the index of the first character.</summary>
    public int Start { get; init; }

    /// <summary>Gets the index after the last character.</summary>
    public int End { get; init; }

    /// <summary>Gets the number of the line in which the chunk starts, from 1. Lines end with \n, \r\n or \r.</summary>
    public int StartLine { get; init; }

    /// <summary>Gets the number of the line that contains the last character, from 1.</summary>
    public int EndLine { get; init; }

    /// <summary>Gets the range of the chunk in the text: <c>text[chunk.Range]</c>.</summary>
    public Range Range => Start..End;
}
