using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Reads vectors from the Parquet files that <see cref="ParquetVectorWriter"/> writes. One row group is in memory.</summary>
internal static class ParquetVectorReader
{
    /// <exception cref="CommandException">The file is damaged, or has other columns.</exception>
    public static async IAsyncEnumerable<VectorRecord> ReadAsync(
        string path, EmbeddingType type, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var reader = await OpenAsync(path, cancellationToken);
        for (var number = 0; number < reader.RowGroupCount; number++)
        {
            using var group = reader.OpenRowGroupReader(number);
            foreach (var record in await ReadGroupAsync(path, reader.Schema, group, type, cancellationToken))
            {
                yield return record;
            }
        }
    }

    private static async Task<ParquetReader> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ParquetReader.CreateAsync(path, cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or FileNotFoundException or DirectoryNotFoundException))
        {
            // The library throws exceptions of many types for damaged files.
            throw new CommandException($"{path}: This is not a whole Parquet file ({e.Message}). Run embed with --resume again.");
        }
    }

    private static async Task<List<VectorRecord>> ReadGroupAsync(
        string path, ParquetSchema schema, ParquetRowGroupReader group, EmbeddingType type, CancellationToken cancellationToken)
    {
        try
        {
            var rows = (int)group.RowCount;
            var indexes = new long[rows];
            await group.ReadAsync<long>(
                schema.FindDataField(VectorColumns.Index), indexes.AsMemory(), cancellationToken: cancellationToken);
            var tokens = new int[rows];
            await group.ReadAsync<int>(schema.FindDataField(VectorColumns.Tokens), tokens.AsMemory(), cancellationToken: cancellationToken);
            string?[]? ids = null;
            if (schema.Fields.Any(field => field.Name == VectorColumns.Id))
            {
                ids = new string?[rows];
                await group.ReadAsync(schema.FindDataField(VectorColumns.Id), ids.AsMemory()!, cancellationToken: cancellationToken);
            }

            var vectors = await ReadVectorsAsync(schema, group, rows, type, cancellationToken);
            return [.. indexes.Select((index, row) => new VectorRecord(index, ids?[row], tokens[row], vectors[row]))];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new CommandException(
                $"{path}: The columns of embed's output cannot be read ({e.Message}). Pass the files that embed wrote, and the "
                + "--embedding-type that they were written with.");
        }
    }

    private static async Task<List<float[]>> ReadVectorsAsync(
        ParquetSchema schema, ParquetRowGroupReader group, int rows, EmbeddingType type, CancellationToken cancellationToken)
    {
        if (type == EmbeddingType.Binary)
        {
            var values = new byte[]?[rows];
            await group.ReadAsync(schema.FindDataField(VectorColumns.Embedding), values.AsMemory(), cancellationToken: cancellationToken);
            return [.. values.Select(value => Array.ConvertAll(value!, component => (float)component))];
        }

        var element = (DataField)((ListField)schema.Fields.Single(field => field.Name == VectorColumns.Embedding)).Item;
        var components = type == EmbeddingType.Int8
            ? Array.ConvertAll(await ReadListsAsync<sbyte>(group, element, cancellationToken), component => (float)component)
            : await ReadListsAsync<float>(group, element, cancellationToken);
        var length = rows == 0 ? 0 : components.Length / rows;
        return [.. Enumerable.Range(0, rows).Select(row => components[(row * length)..((row + 1) * length)])];
    }

    private static async Task<T[]> ReadListsAsync<T>(ParquetRowGroupReader group, DataField element, CancellationToken cancellationToken)
        where T : struct
    {
        var values = new T[group.GetMetadata(element)!.MetaData!.NumValues];
        var (definitions, repetitions) = (new int[values.Length], new int[values.Length]);
        await group.ReadRawAsync<T>(element, values.AsMemory(), definitions.AsMemory(), repetitions.AsMemory(), cancellationToken);
        return values;
    }
}
