namespace Jina.Embeddings.Tool.Serving;

/// <summary>Specifies the format of the log.</summary>
internal enum LogFormat
{
    /// <summary>One line of text per event.</summary>
    Text,

    /// <summary>One line per event with a JSON object.</summary>
    Json,
}
