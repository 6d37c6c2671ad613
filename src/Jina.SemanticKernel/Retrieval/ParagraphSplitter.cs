using Jina.Extensions.AI;
using Microsoft.SemanticKernel.Text;

namespace Jina.SemanticKernel.Retrieval;

#pragma warning disable SKEXP0050 // TextChunker is experimental and does not appear in the result.
/// <summary>Splits a text with Semantic Kernel's chunker, then splits again the paragraphs that are still too long.</summary>
internal sealed class ParagraphSplitter
{
    private readonly TextChunker.TokenCounter _countTokens;
    private readonly TokenChunker _chunker;
    private readonly int _maxTokens;

    public ParagraphSplitter(T5Tokenizer tokenizer, int maxTokens)
    {
        _countTokens = tokenizer.ToTokenCounter();
        _chunker = new TokenChunker(tokenizer, maxTokens, overlapTokens: 0);
        _maxTokens = Math.Min(maxTokens, tokenizer.MaxTokens);
    }

    public IReadOnlyList<string> SplitPlainText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = JoinSurrogatePairs(TextChunker.SplitPlainTextLines(text, _maxTokens, _countTokens));
        return Fit(TextChunker.SplitPlainTextParagraphs(lines, _maxTokens, tokenCounter: _countTokens));
    }

    public IReadOnlyList<string> SplitMarkdown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = JoinSurrogatePairs(TextChunker.SplitMarkDownLines(text, _maxTokens, _countTokens));
        return Fit(TextChunker.SplitMarkdownParagraphs(lines, _maxTokens, tokenCounter: _countTokens));
    }

    private List<string> Fit(List<string> paragraphs)
    {
        var fitting = new List<string>(paragraphs.Count);
        foreach (var paragraph in JoinSurrogatePairs(paragraphs))
        {
            if (_countTokens(paragraph) > _maxTokens)
            {
                fitting.AddRange(_chunker.Split(paragraph).Select(chunk => paragraph[chunk.Range]));
            }
            else if (!string.IsNullOrWhiteSpace(paragraph))
            {
                fitting.Add(paragraph);
            }
        }

        return fitting;
    }

    /// <summary>Moves a high surrogate to the low one. The chunker halves text without separators, even inside a surrogate pair.</summary>
    private static List<string> JoinSurrogatePairs(List<string> pieces)
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
#pragma warning restore SKEXP0050
