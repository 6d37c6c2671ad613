using Jina.Extensions.AI;
using Microsoft.SemanticKernel.Text;

namespace Jina.SemanticKernel.Retrieval;

/// <summary>Splits by Semantic Kernel's chunker, then mends what that leaves too long or cut amid a character.</summary>
internal sealed class ParagraphSplitter
{
    private readonly TextChunker.TokenCounter _counter;
    private readonly TokenChunker _chunker;
    private readonly int _maxTokens;

    public ParagraphSplitter(T5Tokenizer tokenizer, int maxTokens)
    {
        _counter = tokenizer.ToTokenCounter();
        _chunker = new TokenChunker(tokenizer, maxTokens, overlapTokens: 0);
        _maxTokens = Math.Min(maxTokens, tokenizer.MaxTokens);
    }

    public delegate List<string> LineSplitter(string text, int maxTokens, TextChunker.TokenCounter? counter);

    public delegate List<string> ParagraphBuilder(IEnumerable<string> lines, int maxTokens, int overlapTokens, string? header, TextChunker.TokenCounter? counter);

    public IReadOnlyList<string> Split(string text, LineSplitter splitLines, ParagraphBuilder buildParagraphs)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = WithoutCutCharacters(splitLines(text, _maxTokens, _counter));
        var paragraphs = WithoutCutCharacters(buildParagraphs(lines, _maxTokens, 0, null, _counter));
        return [.. paragraphs.SelectMany(Fit)];
    }

    private IEnumerable<string> Fit(string paragraph) =>
        _counter(paragraph) > _maxTokens ? _chunker.Split(paragraph).Select(chunk => paragraph[chunk.Range])
        : string.IsNullOrWhiteSpace(paragraph) ? []
        : [paragraph];

    /// <summary>The chunker halves what has no separator, be it between the two halves of a character.</summary>
    private static List<string> WithoutCutCharacters(List<string> pieces)
    {
        for (var i = 1; i < pieces.Count; i++)
        {
            if (pieces[i - 1] is [.., var high] && pieces[i] is [var low, ..] && char.IsSurrogatePair(high, low))
            {
                pieces[i - 1] = pieces[i - 1][..^1];
                pieces[i] = high + pieces[i];
            }
        }

        return pieces;
    }
}
