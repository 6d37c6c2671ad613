using System.Runtime.CompilerServices;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Reads the vectors of several parts in the order of their indexes.</summary>
/// <remarks>Each part is in this order, as embed writes it. One record of each part is in memory, or one row group for Parquet.</remarks>
/// <param name="parts">The paths of the parts: Parquet if they end with <c>.parquet</c>, otherwise JSON lines.</param>
/// <param name="type">The type of the components.</param>
internal sealed class VectorMerge(IReadOnlyList<string> parts, EmbeddingType type)
{
    /// <summary>Returns the vectors. An index that is in several parts is returned several times.</summary>
    /// <exception cref="CommandException">A part cannot be read, or its indexes are not in order.</exception>
    public async IAsyncEnumerable<VectorRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = new PriorityQueue<(IAsyncEnumerator<VectorRecord> Records, string Part), long>();
        try
        {
            foreach (var part in parts)
            {
                await AdvanceAsync(next, (ReadAsync(part, cancellationToken).GetAsyncEnumerator(cancellationToken), part), after: -1);
            }

            while (next.TryDequeue(out var source, out var index))
            {
                var record = source.Records.Current;
                await AdvanceAsync(next, source, index);
                yield return record;
            }
        }
        finally
        {
            foreach (var (source, _) in next.UnorderedItems)
            {
                await source.Records.DisposeAsync();
            }
        }
    }

    private static async Task AdvanceAsync(
        PriorityQueue<(IAsyncEnumerator<VectorRecord> Records, string Part), long> next,
        (IAsyncEnumerator<VectorRecord> Records, string Part) source,
        long after)
    {
        if (!await source.Records.MoveNextAsync())
        {
            await source.Records.DisposeAsync();
            return;
        }

        var index = source.Records.Current.Index;
        next.Enqueue(source, index > after ? index : throw new CommandException(
            $"{source.Part}: Index {index} follows {after}; expected a larger one. Pass the files that embed wrote."));
    }

    private IAsyncEnumerable<VectorRecord> ReadAsync(string part, CancellationToken cancellationToken) =>
        part.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)
            ? ParquetVectorReader.ReadAsync(part, type, cancellationToken)
            : ReadLines(part).ToAsyncEnumerable();

    private static IEnumerable<VectorRecord> ReadLines(string part)
    {
        using var lines = File.OpenText(part);
        foreach (var record in JsonLinesVectorReader.Read(lines, part))
        {
            yield return record;
        }
    }
}
