namespace Jina.Extensions.AI;

/// <summary>A piece of a text.</summary>
/// <param name="Start">The position of its first character, from 0.</param>
/// <param name="End">The position behind its last character.</param>
/// <param name="StartLine">The line of its first character, from 1; lines end with \n, \r\n or \r.</param>
/// <param name="EndLine">The line of its last character.</param>
public readonly record struct TextChunk(int Start, int End, int StartLine, int EndLine);
