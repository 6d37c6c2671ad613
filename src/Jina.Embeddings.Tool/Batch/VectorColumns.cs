namespace Jina.Embeddings.Tool.Batch;

/// <summary>Provides the names of the fields and columns of vectors.</summary>
internal static class VectorColumns
{
    public const string Index = "index";
    public const string Id = "id";
    public const string Tokens = "tokens";
    public const string Embedding = "embedding";
    public const string Element = "element";
}
