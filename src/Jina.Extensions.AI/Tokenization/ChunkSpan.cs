namespace Jina.Extensions.AI.Tokenization;

/// <summary>Represents the tokens of a chunk, or of a part of a chunk, within a window of a document.</summary>
/// <param name="Chunk">The index of the chunk in the document.</param>
/// <param name="Start">The index of the first token in the window.</param>
/// <param name="End">The index after the last token, which is greater than <paramref name="Start"/>.</param>
internal readonly record struct ChunkSpan(int Chunk, int Start, int End)
{
    /// <summary>Gets the number of tokens, at least 1.</summary>
    public int Length => End - Start;
}
