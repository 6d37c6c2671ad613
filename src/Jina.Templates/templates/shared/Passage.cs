using Jina.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace JinaApp;

/// <summary>A part of a file, as the vector store keeps it.</summary>
public sealed class Passage
{
    [VectorStoreKey]
    public string Key { get; set; } = "";

    [VectorStoreData(IsIndexed = true)]
    public string File { get; set; } = "";

    [VectorStoreData]
    public int StartLine { get; set; }

    [VectorStoreData]
    public int EndLine { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    public string Text { get; set; } = "";

    // The property is a string, so the store embeds it.
    [VectorStoreVector(JinaEmbeddingDimensions.Demo)]
    public string Embedding => Text;

    /// <summary>The source to cite.</summary>
    public string Place => $"{File}:{StartLine}-{EndLine}";
}
