namespace Jina.Embeddings.Tool.Input;

/// <summary>Specifies how the records are stored in the input.</summary>
internal enum RecordFormat
{
    /// <summary>Each line is a text.</summary>
    Lines,

    /// <summary>Each line is a JSON string or object.</summary>
    Jsonl,

    /// <summary>Comma-separated values with a header.</summary>
    Csv,

    /// <summary>Tab-separated values with a header.</summary>
    Tsv,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
