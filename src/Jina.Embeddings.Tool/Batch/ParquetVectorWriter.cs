using Parquet;
using Parquet.Schema;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Writes a Parquet file with the columns index, id, tokens and embedding. The id is left out if the records have none.</summary>
/// <remarks>Float and int8 vectors are lists of numbers. The bits of a binary vector are one value of bytes.</remarks>
internal sealed class ParquetVectorWriter : IVectorWriter
{
    /// <summary>A group of float vectors of 1,024 dimensions has 33 MB, which is in memory until it is written.</summary>
    private const int RowsPerGroup = 8192;

    private static readonly DataField<long> Index = new(VectorColumns.Index);
    private static readonly DataField<string> Id = new(VectorColumns.Id, nullable: false);
    private static readonly DataField<int> Tokens = new(VectorColumns.Tokens);

    private readonly ParquetWriter _writer;
    private readonly Field _embedding;
    private readonly VectorLayout _layout;
    private readonly List<VectorRecord> _records = [];

    private ParquetVectorWriter(ParquetWriter writer, Field embedding, VectorLayout layout) =>
        (_writer, _embedding, _layout) = (writer, embedding, layout);

    /// <summary>Writes the start of a file.</summary>
    public static async Task<ParquetVectorWriter> CreateAsync(Stream file, VectorLayout layout, CancellationToken cancellationToken)
    {
        Field embedding = layout.Type switch
        {
            EmbeddingType.Int8 => new ListField(VectorColumns.Embedding, new DataField<sbyte>(VectorColumns.Element)),
            EmbeddingType.Binary => new DataField<byte[]>(VectorColumns.Embedding, nullable: false),
            _ => new ListField(VectorColumns.Embedding, new DataField<float>(VectorColumns.Element)),
        };
        var schema = new ParquetSchema(layout.HasIds ? [Index, Id, Tokens, embedding] : [Index, Tokens, embedding]);
        return new(await ParquetWriter.CreateAsync(schema, file, cancellationToken: cancellationToken), embedding, layout);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        _records.Add(record);
        if (_records.Count == RowsPerGroup)
        {
            await WriteGroupAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_records.Count > 0)
        {
            await WriteGroupAsync(cancellationToken);
        }
    }

    /// <summary>Writes the end of the file.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync<long>(Index, Select(record => record.Index), cancellationToken: cancellationToken);
        if (_layout.HasIds)
        {
            await group.WriteAsync(Id, Select(record => record.Id!));
        }

        await group.WriteAsync<int>(Tokens, Select(record => record.Tokens), cancellationToken: cancellationToken);
        switch (_layout.Type)
        {
            case EmbeddingType.Int8:
                await WriteListsAsync(group, component => (sbyte)component, cancellationToken);
                break;
            case EmbeddingType.Binary:
                await group.WriteAsync(
                    (DataField)_embedding, Select(record => Array.ConvertAll(record.Components.ToArray(), component => (byte)component)));
                break;
            default:
                await WriteListsAsync(group, component => component, cancellationToken);
                break;
        }

        group.CompleteValidate();
        _records.Clear();
    }

    /// <summary>Writes all lists as one column of elements. The repetition level is 0 at the first element of a list.</summary>
    private async Task WriteListsAsync<T>(ParquetRowGroupWriter group, Converter<float, T> convert, CancellationToken cancellationToken)
        where T : struct
    {
        var element = (DataField)((ListField)_embedding).Item;
        var values = new List<T>(_records.Count * _layout.Length);
        var repetitions = new List<int>(values.Capacity);
        foreach (var record in _records)
        {
            foreach (var component in record.Components.ToArray())
            {
                repetitions.Add(repetitions.Count % _layout.Length == 0 ? 0 : element.MaxRepetitionLevel);
                values.Add(convert(component));
            }
        }

        var definitions = new int[values.Count];
        Array.Fill(definitions, element.MaxDefinitionLevel);
        await group.WriteAllPartsAsync<T>(element, values.ToArray(), definitions, repetitions.ToArray(), cancellationToken);
    }

    private T[] Select<T>(Converter<VectorRecord, T> select) => [.. _records.Select(record => select(record))];
}
