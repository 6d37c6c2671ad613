namespace Jina.Embeddings.Tool.Batch;

/// <summary>Represents the vector of a record of the input.</summary>
/// <param name="Index">The position of the record in the input, counted from 0.</param>
/// <param name="Id">The ID of the record, or <see langword="null"/> without IDs.</param>
/// <param name="Tokens">The number of tokens after truncation.</param>
/// <param name="Components">The components. Those of a quantized vector are integers.</param>
internal readonly record struct VectorRecord(long Index, string? Id, int Tokens, ReadOnlyMemory<float> Components);
