using Jina.VectorData.Sqlite.Records;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite;

/// <content>Embeds the records again with another model.</content>
public partial class SqliteCollection<TKey, TRecord>
{
    /// <summary>The number of records that are embedded and stored together. An interruption loses at most one batch.</summary>
    private const int ReembeddingBatch = 256;

    /// <summary>Embeds all records again with the embedding generators of this collection, and replaces their vectors.</summary>
    /// <param name="progress">The progress reporter. If <see langword="null"/>, nothing is reported.</param>
    /// <param name="setInputs">
    /// A function that sets the vector properties of records that were read from the file, to inputs of the generator or to vectors. If
    /// <see langword="null"/>, all vector properties must be computed from stored properties, such as <c>Embedding => Text</c>.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <exception cref="InvalidOperationException">
    /// No embedding generator reports the name of its model. Or a record has a vector, but the vector property is <see langword="null"/>
    /// after the record was read and after <paramref name="setInputs"/>.
    /// </exception>
    /// <exception cref="VectorStoreException">
    /// The collection does not exist or does not fit the record type, the database failed, or a call for another model has begun since.
    /// </exception>
    /// <remarks>
    /// <para>
    /// Until all records have been embedded again, searches use the old model and its vectors. Then one transaction replaces the vectors
    /// and the remembered model. Records that are written in the meantime are also embedded again.
    /// </para>
    /// <para>
    /// After a cancellation, an exception or the death of the process, the next call for the same model continues. A call returns at
    /// once if the vectors are already those of the generators. A vector property whose generator does not report the name of its model
    /// keeps its vectors, unless the number of dimensions differs.
    /// </para>
    /// </remarks>
    public async Task ReembedAsync(
        IProgress<ReembeddingProgress>? progress = null,
        Func<IReadOnlyList<TRecord>, CancellationToken, Task>? setInputs = null,
        CancellationToken cancellationToken = default)
    {
        RejectUnknownModel();
        if (await ReadAsync(IsUpToDate, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await WriteAsync(BeginReembedding, cancellationToken).ConfigureAwait(false);
        while (await ReadAsync(ReadBatch, cancellationToken).ConfigureAwait(false) is { } batch)
        {
            progress?.Report(batch.Progress);
            if (setInputs is not null && batch.Records.Count > 0)
            {
                await setInputs(batch.Records, cancellationToken).ConfigureAwait(false);
            }

            var vectors = await VectorValues
                .FromRecordsAsync(batch.Properties, _model.KeyProperty, batch.Records, cancellationToken)
                .ConfigureAwait(false);
            var isLast = await WriteAsync((connection, operation) => WriteBatch(connection, operation, batch, vectors), cancellationToken)
                .ConfigureAwait(false);
            if (isLast)
            {
                var done = batch.State.Done + batch.Records.Count;
                progress?.Report(new(done, done));
                return;
            }
        }
    }

    /// <summary>Rejects a collection whose new vectors cannot be distinguished from old ones.</summary>
    private void RejectUnknownModel()
    {
        if (_model.VectorProperties.Count > 0 && _model.VectorProperties.All(property => VectorColumn.From(property).Model is null))
        {
            throw new InvalidOperationException(
                $"The embedding generator of the collection '{Name}' is missing or does not report the name of its model, so new vectors "
                + "cannot be distinguished from old ones. Set an embedding generator whose metadata has a DefaultModelId.");
        }
    }

    private bool IsUpToDate(SqliteConnection connection, Operation operation) =>
        _reembedding.FindOutdated(_schema.Require(connection, operation, usesVectors: false)).Count == 0;

    private bool BeginReembedding(SqliteConnection connection, Operation operation)
    {
        var collection = _schema.Require(connection, operation, usesVectors: false);
        _reembedding.Begin(connection, collection, _reembedding.FindOutdated(collection));
        return true;
    }

    /// <summary>Reads the records that follow the last batch. The batch is empty if all rows have been embedded again.</summary>
    /// <returns>The batch, or <see langword="null"/> if another call has replaced the vectors.</returns>
    private Batch? ReadBatch(SqliteConnection connection, Operation operation)
    {
        var collection = _schema.Require(connection, operation, usesVectors: false);
        var properties = _reembedding.FindOutdated(collection);
        if (properties.Count == 0)
        {
            return null;
        }

        if (Reembedding.Find(connection, collection.Id) is not { } state || !state.Fits(properties))
        {
            throw operation.Failure(
                $"The records of the collection '{Name}' in the database '{operation.Database}' are being embedded again with another "
                + "model, by a call that began later. The vectors of this call were dropped. Wait for the other call, and use its model.");
        }

        var rowIds = _reembedding.ReadRowIds(connection, collection, state, ReembeddingBatch);
        var records = _reader.ReadEach(connection, includeVectors: false, _reader.HasId, rowIds.Select(id => (object)id));
        var total = Math.Max(collection.LastId - collection.Removals, state.Done + records.Count);
        return new Batch(collection.Id, state, properties, rowIds, records.ConvertAll(record => record!), new(state.Done, total));
    }

    /// <summary>Stores the vectors of a batch, unless another call has stored vectors since the batch was read.</summary>
    /// <returns>Whether the batch was the last one, so that the vectors of the collection have been replaced.</returns>
    private bool WriteBatch(SqliteConnection connection, Operation operation, Batch batch, ReadOnlyMemory<float>?[][] vectors)
    {
        var collection = _schema.Require(connection, operation, usesVectors: false);
        if (Reembedding.Find(connection, batch.Collection) != batch.State)
        {
            return false;
        }

        for (var i = 0; i < vectors.Length; i++)
        {
            RejectLostVector(connection, batch, batch.Properties[i], vectors[i]);
            _reembedding.Write(
                connection,
                batch.Properties[i],
                batch.RowIds.Zip(vectors[i])
                    .Where(row => row.Second is not null)
                    .Select(row => (row.First, VectorValues.AsBytes(row.Second!.Value.Span).ToArray())));
        }

        return _reembedding.Advance(connection, collection, batch.State.Advance(batch.Properties, batch.RowIds), batch.Properties);
    }

    /// <summary>Rejects a record that has a vector now and would not have one later.</summary>
    private void RejectLostVector(
        SqliteConnection connection, Batch batch, VectorPropertyModel property, ReadOnlyMemory<float>?[] vectors)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            if (vectors[i] is null && _reembedding.HasVector(connection, property, batch.RowIds[i]))
            {
                var key = _model.KeyProperty.GetValueAsObject(batch.Records[i]);
                throw new InvalidOperationException(
                    $"The record with the key '{MessageText.OfValue(key)}' has a vector '{property.StorageName}', but its property "
                    + $"'{property.ModelName}' is null, so it cannot be embedded again. The file does not store inputs of vectors: "
                    + "compute the property from stored properties, or pass a function to ReembedAsync that sets it.");
            }
        }
    }

    /// <summary>Represents records that are embedded and stored together.</summary>
    /// <param name="Collection">The collection's ID in the catalog.</param>
    /// <param name="State">The state of the re-embedding when the records were read.</param>
    /// <param name="Properties">The vector properties that are embedded again.</param>
    /// <param name="RowIds">The row IDs of the records, in ascending order.</param>
    /// <param name="Records">The records.</param>
    /// <param name="Progress">The progress before these records.</param>
    private sealed record Batch(
        long Collection,
        ReembeddingState State,
        IReadOnlyList<VectorPropertyModel> Properties,
        IReadOnlyList<long> RowIds,
        IReadOnlyList<TRecord> Records,
        ReembeddingProgress Progress);
}
