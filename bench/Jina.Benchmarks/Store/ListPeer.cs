using System.Collections.Concurrent;
using System.Numerics.Tensors;

namespace Jina.Benchmarks.Store;

/// <summary>
/// Searches objects in a dictionary as CommunityToolkit.VectorData.InMemory 1.0.0 does: scores all of them with
/// <see cref="TensorPrimitives"/> on one thread, orders them, and takes the best.
/// </summary>
internal sealed class ListPeer
{
    private readonly ConcurrentDictionary<object, object> _records = [];

    public ListPeer(StoreVectors vectors, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _records[StoreRecords.KeyOf(i)] = new StoreRecord { Id = StoreRecords.KeyOf(i), Vector = vectors.At(i) };
        }
    }

    public ScanHit[] Find(float[] query, int top) =>
    [
        .. _records.Values.Cast<StoreRecord>()
            .Select(record => (record.Id, Score: TensorPrimitives.CosineSimilarity(query, record.Vector.Span)))
            .OrderByDescending(hit => hit.Score)
            .Take(top)
            .Select(hit => new ScanHit(StoreRecords.IndexOf(hit.Id), hit.Score)),
    ];
}
