namespace Jina.Embeddings.Tool.Batch;

/// <summary>Specifies how vectors are stored in a file.</summary>
internal enum VectorFormat
{
    /// <summary>A JSON object per line, as on stdout.</summary>
    Jsonl,

    /// <summary>A NumPy array with a row per vector, without indexes and IDs.</summary>
    Npy,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
