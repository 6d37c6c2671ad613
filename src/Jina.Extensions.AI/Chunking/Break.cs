namespace Jina.Extensions.AI.Chunking;

/// <summary>How good a place to cut a text is, from bad to best.</summary>
internal enum Break
{
    InsideWord,
    Word,
    Sentence,
    Line,
    Paragraph,
    Section,
}
