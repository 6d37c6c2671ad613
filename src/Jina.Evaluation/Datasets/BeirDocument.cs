namespace Jina.Evaluation.Datasets;

/// <summary>A document of a BEIR corpus.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title; empty where it has none.</param>
/// <param name="Text">Its text.</param>
internal sealed record BeirDocument(string Id, string Title, string Text)
{
    /// <summary>Gets what MTEB embeds: title, a space and text, without white space around them.</summary>
    /// <remarks>https://github.com/embeddings-benchmark/mteb/blob/00a1acd263dafd09e03e25f3137851806871ba0d/mteb/evaluation/evaluators/RetrievalEvaluator.py, encode_corpus.</remarks>
    public string TitleAndText => $"{Title} {Text}".Trim();
}
