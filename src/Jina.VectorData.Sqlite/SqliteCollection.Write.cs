using Jina.VectorData.Sqlite.Records;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite;

/// <content>Stores and deletes records.</content>
public partial class SqliteCollection<TKey, TRecord>
{
    /// <inheritdoc/>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    /// <summary>Stores records in one transaction. A record replaces the stored record with the same key.</summary>
    /// <param name="records">The records, which are enumerated once. Generated keys are set in the records.</param>
    /// <param name="cancellationToken">The token that cancels the operation. After a cancellation, nothing is stored.</param>
    /// <exception cref="ArgumentException">A vector or key does not fit the collection.</exception>
    /// <exception cref="VectorStoreException">The database failed. Nothing was stored.</exception>
    /// <remarks>Embeddings are generated before the transaction begins.</remarks>
    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        var all = records.ToList<object>();
        if (all.Count == 0)
        {
            return;
        }

        if (_model.EmbeddingGenerationRequired)
        {
            // A collection of another model is rejected before the records are embedded.
            await ReadAsync(_schema.RequireForWriting, cancellationToken).ConfigureAwait(false);
        }

        var vectors = await VectorValues.FromRecordsAsync(_model.VectorProperties, _model.KeyProperty, all, cancellationToken)
            .ConfigureAwait(false);
        await WriteAsync((connection, operation) =>
        {
            var collection = _schema.RequireForWriting(connection, operation);
            _schema.Complete(connection, collection);
            _writer.Write(connection, collection, all, vectors, cancellationToken);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteAsync([key], cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var all = keys.Cast<object>().ToList();
        if (all.Count > 0)
        {
            await WriteAsync((connection, operation) =>
            {
                _writer.Remove(connection, _schema.Require(connection, operation, usesVectors: false), all, cancellationToken);
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }
    }
}
