using Npgsql;
using Pgvector;

namespace QueueWorker;

/// <summary>Represents the table of the passages and their vectors.</summary>
internal sealed class PassageTable(NpgsqlDataSource database)
{
    private const string ReadDimensions =
        "select atttypmod from pg_attribute where attrelid = 'passages'::regclass and attname = 'embedding'";

    // A message can be delivered again after a later one with the same ID, so only a higher version replaces a row. A stream that is
    // created again counts from 1, so its time is compared first.
    private const string Upsert =
        """
        insert into passages (id, stream, version, text, embedding)
        select id, $1, version, text, embedding
        from unnest($2, $3, $4, $5) as message (id, version, text, embedding)
        on conflict (id) do update
        set stream = excluded.stream, version = excluded.version, text = excluded.text, embedding = excluded.embedding
        where (excluded.stream, excluded.version) > (passages.stream, passages.version)
        """;

    /// <summary>Creates the table if it does not exist.</summary>
    /// <exception cref="InvalidOperationException">pgvector is missing, or the table has vectors of another size.</exception>
    public async Task CreateAsync(int dimensions, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            // The lock prevents errors if several workers create the table at once.
            await using var create = new NpgsqlCommand(
                $"""
                select pg_advisory_xact_lock(hashtext('passages'));
                create extension if not exists vector;
                create table if not exists passages (
                    id text primary key,
                    stream timestamptz not null,
                    version bigint not null,
                    text text not null,
                    embedding vector({dimensions}) not null)
                """,
                connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.FeatureNotSupported)
        {
            throw new InvalidOperationException(
                $"{error.MessageText}. Install pgvector on the server: the package "
                + $"postgresql-{connection.PostgreSqlVersion.Major}-pgvector, or https://github.com/pgvector/pgvector.",
                error);
        }

        await connection.ReloadTypesAsync(cancellationToken);
        await using var read = new NpgsqlCommand(ReadDimensions, connection);
        var found = await read.ExecuteScalarAsync(cancellationToken);
        if (!dimensions.Equals(found))
        {
            throw new InvalidOperationException(
                $"The table passages has vectors of {found ?? "unknown"} dimensions, but the model has {dimensions}. Use the model that "
                + "filled the table, or another database.");
        }
    }

    /// <summary>Stores passages of one stream and their vectors in one transaction. The IDs are distinct.</summary>
    public async Task UpsertAsync(
        DateTime streamCreated,
        IReadOnlyList<Passage> passages,
        IEnumerable<ReadOnlyMemory<float>> vectors,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Upsert);
        command.Parameters.Add(new() { Value = streamCreated });
        command.Parameters.Add(new() { Value = passages.Select(passage => passage.Id).ToArray() });
        command.Parameters.Add(new() { Value = passages.Select(passage => passage.Version).ToArray() });
        command.Parameters.Add(new() { Value = passages.Select(passage => passage.Text).ToArray() });
        command.Parameters.Add(new() { Value = vectors.Select(vector => new Vector(vector)).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
