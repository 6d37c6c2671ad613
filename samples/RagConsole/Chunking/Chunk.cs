namespace RagConsole.Chunking;

/// <summary>A piece of a text: characters from Start up to, not including, End; lines are counted from 1, both inclusive.</summary>
internal readonly record struct Chunk(int Start, int End, int StartLine, int EndLine);
