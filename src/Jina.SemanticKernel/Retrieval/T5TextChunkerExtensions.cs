using System.Diagnostics.CodeAnalysis;
using Jina.Extensions.AI;
using Jina.SemanticKernel.Retrieval;
using Microsoft.SemanticKernel.Text;

namespace Jina.SemanticKernel;

/// <summary>Splits texts with Semantic Kernel's <see cref="TextChunker"/> and counts tokens as the embedding model does.</summary>
/// <remarks>
/// <see cref="TextChunker"/> does not guarantee its limit: it keeps a text that it cannot split, and it merges the last two
/// paragraphs by counting words. The methods here split such paragraphs again with <see cref="TokenChunker"/>. Use
/// <see cref="TokenChunker"/> directly if chunks should overlap or if you need their positions in the text.
/// </remarks>
public static class T5TextChunkerExtensions
{
    /// <summary>Returns a token counter for calls to <see cref="TextChunker"/>.</summary>
    /// <param name="tokenizer">The tokenizer of the embedding model.</param>
    /// <returns>A function that counts the tokens of a text, including the end token. It is safe for concurrent use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tokenizer"/> is <see langword="null"/>.</exception>
    [Experimental("SKEXP0050")]
    public static TextChunker.TokenCounter ToTokenCounter(this T5Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return text => tokenizer.CountTokens(text);
    }

    /// <summary>Splits plain text into paragraphs that the model reads completely.</summary>
    /// <param name="tokenizer">The tokenizer of the embedding model.</param>
    /// <param name="text">The text to split.</param>
    /// <param name="maxTokens">
    /// The maximum number of tokens in a paragraph, including the end token. The minimum is
    /// <see cref="TokenChunker.MinimumMaxTokens"/>, the default is <see cref="TokenChunker.DefaultMaxTokens"/>. Values above the
    /// tokenizer's <see cref="T5Tokenizer.MaxTokens"/> are reduced to that limit.
    /// </param>
    /// <returns>The paragraphs in the order of the text. Each character that is not white space is in exactly one of them.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is too small.</exception>
    /// <exception cref="ArgumentException">The limit of the tokenizer is below <see cref="TokenChunker.MinimumMaxTokens"/>.</exception>
    public static IReadOnlyList<string> SplitPlainTextParagraphs(
        this T5Tokenizer tokenizer, string text, int maxTokens = TokenChunker.DefaultMaxTokens) =>
        new ParagraphSplitter(tokenizer, maxTokens).SplitPlainText(text);

    /// <summary>Splits Markdown into paragraphs that the model reads completely.</summary>
    /// <inheritdoc cref="SplitPlainTextParagraphs"/>
    public static IReadOnlyList<string> SplitMarkdownParagraphs(
        this T5Tokenizer tokenizer, string text, int maxTokens = TokenChunker.DefaultMaxTokens) =>
        new ParagraphSplitter(tokenizer, maxTokens).SplitMarkdown(text);
}
