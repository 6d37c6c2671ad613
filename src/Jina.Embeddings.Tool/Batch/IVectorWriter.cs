namespace Jina.Embeddings.Tool.Batch;

/// <summary>Writes vectors to a file.</summary>
internal interface IVectorWriter : IAsyncDisposable
{
    ValueTask WriteAsync(VectorRecord record, CancellationToken cancellationToken);

    /// <summary>Writes what the file needs after the last vector.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}

/// <summary>Creates the writers of the formats.</summary>
internal static class VectorWriters
{
    /// <summary>Returns a writer.</summary>
    /// <param name="format">The format.</param>
    /// <param name="file">The file, which the caller closes.</param>
    /// <param name="layout">The properties that all vectors have.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    public static async Task<IVectorWriter> CreateAsync(
        VectorFormat format, FileStream file, VectorLayout layout, CancellationToken cancellationToken) =>
        format switch
        {
            VectorFormat.Npy => NpyWriter.Create(file, layout),
            VectorFormat.Parquet => await ParquetVectorWriter.CreateAsync(file, layout, cancellationToken),
            _ => new JsonLinesVectorWriter(file),
        };
}

/// <summary>Represents the properties that all vectors of a file have.</summary>
/// <param name="Count">The number of vectors.</param>
/// <param name="Length">The number of components of a vector.</param>
/// <param name="HasIds">Whether the records have IDs.</param>
/// <param name="Type">The type of the components.</param>
internal sealed record VectorLayout(long Count, int Length, bool HasIds, EmbeddingType Type);
