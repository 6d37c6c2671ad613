using Jina.Extensions.AI.Chunking;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Divides texts into sentences by punctuation and lines, as <see cref="Jina.Extensions.AI.TokenChunker"/> finds them.</summary>
internal static class Sentences
{
    /// <summary>Returns the sentences of a text without white space around them. Together they contain every other character.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var sentences = new List<string>();
        var start = TextBreaks.SkipSpace(text, 0);
        for (var end = start + 1; end <= text.Length; end++)
        {
            if (TextBreaks.At(text, end) >= Break.Sentence)
            {
                sentences.Add(text[start..end].TrimEnd());
                start = TextBreaks.SkipSpace(text, end);
                end = start;
            }
        }

        return sentences;
    }
}
