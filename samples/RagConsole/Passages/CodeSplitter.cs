using Jina.Extensions.AI;

namespace RagConsole.Passages;

/// <summary>Splits code between its blocks, which it finds by blank lines, closing brackets and indentation.</summary>
/// <remarks>
/// The chunks contain each line that is not blank once, in order. A line is only split if it alone exceeds the limit. Comments and
/// attributes are in the chunk of the declaration after them, if that is possible.
/// </remarks>
internal sealed class CodeSplitter(T5Tokenizer tokenizer, int maxTokens)
{
    /// <summary>A chunk that ends before this part of the limit has little text of its own.</summary>
    private const int MinShare = 8;

    /// <summary>The tokenizer needs 80 bytes per character. Such a line is data.</summary>
    private const int MaxLineLength = 1 << 16;

    /// <summary>Indentations are smaller, so that any place of a better kind is preferred.</summary>
    private const int KindWeight = 1 << 20;

    private readonly TokenChunker _chunker = new(tokenizer, maxTokens, overlapTokens: 0);

    /// <summary>Splits a text.</summary>
    public IReadOnlyList<DocumentChunk> Split(string text)
    {
        var chunks = new List<DocumentChunk>();
        var lines = CodeLine.Find(text);
        int[] tokens = [.. lines.Select(line => CountTokens(text, line))];
        for (var first = 0; first < lines.Count;)
        {
            var end = FindEnd(lines, tokens, first);
            if (end == first)
            {
                chunks.AddRange(SplitLine(text, lines, first));
                first++;
                continue;
            }

            chunks.Add(new DocumentChunk(
                lines[first].Start..lines[end - 1].End,
                lines[first].Number,
                lines[end - 1].Number,
                CodeLine.FindDeclarations(text, lines, first)));
            first = end;
        }

        return chunks;
    }

    /// <summary>Returns the number of tokens of a line. Lines do not share tokens, because a token does not contain white space.</summary>
    private int CountTokens(string text, CodeLine line) => line.End - line.Start > MaxLineLength
        ? int.MaxValue
        : tokenizer.CountTokens(text.AsSpan(line.Start..line.End)) - 1;

    /// <summary>Returns the index after the last line of a chunk, or the index of its first line if that is too long.</summary>
    private int FindEnd(IReadOnlyList<CodeLine> lines, int[] tokens, int first)
    {
        // One token of a chunk is the end token.
        var (end, count) = (first, 1L);
        var least = first;
        for (; end < lines.Count && count + tokens[end] <= maxTokens; end++)
        {
            count += tokens[end];
            if (count <= maxTokens / MinShare)
            {
                least = end + 1;
            }
        }

        if (end == lines.Count || end == first)
        {
            return end;
        }

        var best = end;
        for (var index = end - 1; index > least; index--)
        {
            if (Rank(lines, index) < Rank(lines, best))
            {
                best = index;
            }
        }

        return best;
    }

    /// <summary>Returns how bad a line is as the start of a chunk.</summary>
    private static int Rank(IReadOnlyList<CodeLine> lines, int index)
    {
        var (before, line) = (lines[index - 1], lines[index]);
        var kind = line.Kind == CodeLineKind.Rest || (before.Kind == CodeLineKind.Lead && !line.FollowsBlank) ? 2
            : line.FollowsBlank || before.Kind == CodeLineKind.Rest || before.Indentation > line.Indentation ? 0
            : 1;
        return (kind * KindWeight) + Math.Min(line.Indentation, KindWeight - 1);
    }

    private IEnumerable<DocumentChunk> SplitLine(string text, IReadOnlyList<CodeLine> lines, int index)
    {
        var line = lines[index];
        var above = CodeLine.FindDeclarations(text, lines, index);
        for (var start = line.Start; start < line.End;)
        {
            var length = DocumentSplitter.FindPieceLength(text.AsSpan(start..line.End));
            foreach (var chunk in _chunker.Split(text.Substring(start, length)))
            {
                yield return new DocumentChunk((start + chunk.Start)..(start + chunk.End), line.Number, line.Number, above);
            }

            start += length;
        }
    }
}
