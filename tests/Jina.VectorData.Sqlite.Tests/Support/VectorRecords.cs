using System.Numerics.Tensors;
using Jina.VectorData.Sqlite.Search;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Represents a collection whose records have a number as their key, a group, and a vector.</summary>
internal sealed class VectorRecords
{
    private readonly VectorStoreCollection<object, Dictionary<string, object?>> _collection;

    public VectorRecords(SqliteVectorStore store, int dimensions, string? distanceFunction = null, string? indexKind = null)
    {
        _collection = store.GetDynamicCollection("records", new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(long)),
                new VectorStoreDataProperty("Group", typeof(int)) { IsIndexed = true },
                new VectorStoreVectorProperty("Vector", typeof(float[]), dimensions)
                {
                    DistanceFunction = distanceFunction,
                    IndexKind = indexKind,
                },
            ],
        });
    }

    /// <summary>Creates vectors around a few centers, with some that are equal, zero, very short or very long.</summary>
    public static float[][] Create(int count, int dimensions, int seed = 1)
    {
        var random = new Random(seed);
        var centers = Enumerable.Range(0, 5).Select(_ => Next(1)).ToArray();
        var vectors = new float[count][];
        for (var i = 0; i < count; i++)
        {
            vectors[i] = (i % 50) switch
            {
                7 => new float[dimensions],
                11 => vectors[i - 1],
                13 => Next(1e-25f),
                17 => Next(1e25f),
                19 => Next(1000),
                _ => [.. centers[random.Next(5)].Zip(Next(0.3f), (center, noise) => center + noise)],
            };
        }

        return vectors;

        float[] Next(float length) =>
            [.. Enumerable.Range(0, dimensions).Select(_ => length * ((2 * random.NextSingle()) - 1))];
    }

    /// <summary>Stores vectors under the keys from 1. The group of a record is the remainder of its index and 1,000.</summary>
    public async Task<VectorRecords> StoreAsync(float[][] vectors, int firstKey = 1)
    {
        await _collection.EnsureCollectionExistsAsync();
        await _collection.UpsertAsync(vectors.Select((vector, i) => new Dictionary<string, object?>
        {
            ["Id"] = (long)(firstKey + i),
            ["Group"] = i % 1000,
            ["Vector"] = vector,
        }));
        return this;
    }

    public Task DeleteAsync(IEnumerable<long> keys) => _collection.DeleteAsync(keys.Cast<object>());

    /// <summary>Searches, and returns keys and scores.</summary>
    public async Task<Hit[]> SearchAsync(float[] query, int top, int? group = null, double? threshold = null) =>
        await _collection.SearchAsync(query, top, new()
        {
            Filter = group is null ? null : record => (int)record["Group"]! == group,
            ScoreThreshold = threshold,
        }).Select(hit => new Hit((long)hit.Record["Id"]!, hit.Score!.Value)).ToArrayAsync();

    /// <summary>Returns the hits of a scan over all vectors as floats, for records that were stored in the order of their keys.</summary>
    public static Hit[] Scan(
        float[][] vectors, string? distanceFunction, float[] query, int top, int? group = null, double? threshold = null)
    {
        var scan = new VectorQuery(query, Distance.Parse(distanceFunction), top, threshold);
        var hits = scan.CreateHits();
        for (var i = 0; i < vectors.Length; i++)
        {
            if (group is null || i % 1000 == group)
            {
                hits.Add(i + 1, scan.Score(vectors[i], TensorPrimitives.Norm<float>(vectors[i])));
            }
        }

        return hits.TakeAll();
    }

    /// <summary>Returns the recall of the found keys.</summary>
    public static double Recall(Hit[] expected, Hit[] found) =>
        expected.Select(hit => hit.Id).Intersect(found.Select(hit => hit.Id)).Count() / (double)expected.Length;
}
