using Jina.Extensions.AI;
using Jina.SemanticKernel.Retrieval;
using Microsoft.SemanticKernel.Text;

namespace Jina.SemanticKernel;

/// <summary>Lets Semantic Kernel's <see cref="TextChunker"/> count as the embedding model does.</summary>
/// <remarks>
/// The chunker alone gives no guarantee: it takes a text that it cannot split, and two short paragraphs at the end, for
/// short enough. The methods here cut again what is still too long, with <see cref="TokenChunker"/>. That class by itself
/// is the better choice where chunks shall overlap, or know their place in the text.
/// </remarks>
public static class T5TextChunkerExtensions
{
    /// <summary>Returns a counter to pass to <see cref="TextChunker"/>.</summary>
    /// <param name="tokenizer">The tokenizer of the embedding model.</param>
    /// <returns>A function that counts a text's tokens, the end token included. It is safe for concurrent use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tokenizer"/> is null.</exception>
    public static TextChunker.TokenCounter ToTokenCounter(this T5Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return text => tokenizer.CountTokens(text);
    }

    /// <summary>Splits plain text into paragraphs that the model reads whole.</summary>
    /// <param name="tokenizer">The tokenizer of the embedding model.</param>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">
    /// The most tokens of a paragraph, the end token included: at least <see cref="TokenChunker.LeastMaxTokens"/>, by default
    /// <see cref="TokenChunker.DefaultMaxTokens"/>. More than the tokenizer's <see cref="T5Tokenizer.MaxTokens"/> means that many.
    /// </param>
    /// <returns>The paragraphs in the text's order. Together they hold every character that is not white space, once.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is too small.</exception>
    /// <exception cref="ArgumentException">The tokenizer's own limit is below <see cref="TokenChunker.LeastMaxTokens"/>.</exception>
    public static IReadOnlyList<string> SplitPlainTextParagraphs(this T5Tokenizer tokenizer, string text, int maxTokens = TokenChunker.DefaultMaxTokens) =>
        new ParagraphSplitter(tokenizer, maxTokens).Split(text, TextChunker.SplitPlainTextLines, TextChunker.SplitPlainTextParagraphs);

    /// <summary>Splits Markdown into paragraphs that the model reads whole.</summary>
    /// <inheritdoc cref="SplitPlainTextParagraphs"/>
    public static IReadOnlyList<string> SplitMarkdownParagraphs(this T5Tokenizer tokenizer, string text, int maxTokens = TokenChunker.DefaultMaxTokens) =>
        new ParagraphSplitter(tokenizer, maxTokens).Split(text, TextChunker.SplitMarkDownLines, TextChunker.SplitMarkdownParagraphs);
}
