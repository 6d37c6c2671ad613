using System.Globalization;
using Jina.Benchmarking;
using Microsoft.Extensions.VectorData;

namespace Jina.Benchmarks.Store;

/// <summary>Creates records with texts of random words, the same in every run, and the definitions of their collections.</summary>
internal static class StoreRecords
{
    private const int Words = 30;
    private const int Vocabulary = 50_000;

    /// <summary>Returns the definition of a collection. Definitions of one file may differ by distance function and index kind.</summary>
    public static VectorStoreCollectionDefinition Define(
        string? distanceFunction = null, string? indexKind = null, bool fullText = false) => new()
        {
            Properties =
            [
                new VectorStoreKeyProperty(nameof(StoreRecord.Id), typeof(string)),
                new VectorStoreDataProperty(nameof(StoreRecord.Tenth), typeof(int)),
                new VectorStoreDataProperty(nameof(StoreRecord.Thousandth), typeof(int)) { IsIndexed = true },
                new VectorStoreDataProperty(nameof(StoreRecord.Text), typeof(string)) { IsFullTextIndexed = fullText },
                new VectorStoreVectorProperty(nameof(StoreRecord.Vector), typeof(ReadOnlyMemory<float>), StoreRecord.Dimensions)
                {
                    DistanceFunction = distanceFunction,
                    IndexKind = indexKind,
                },
            ],
        };

    /// <summary>Returns the records one by one. The key of a record is its index.</summary>
    public static IEnumerable<StoreRecord> Create(StoreVectors vectors, int count)
    {
        var random = new SplitMix(1);
        for (var i = 0; i < count; i++)
        {
            yield return new StoreRecord
            {
                Id = KeyOf(i),
                Tenth = i % 10,
                Thousandth = i % 1000,
                Text = string.Join(' ', Enumerable.Range(0, Words).Select(_ => $"w{CreateWord(random)}")),
                Vector = vectors.At(i),
            };
        }
    }

    public static string KeyOf(int index) => $"record-{index}";

    public static int IndexOf(string key) => int.Parse(key.AsSpan("record-".Length), CultureInfo.InvariantCulture);

    /// <summary>Returns the number of a word. Low numbers are frequent, as words of a language are.</summary>
    private static int CreateWord(SplitMix random) => (int)Math.Pow(Vocabulary, random.Below(1 << 30) / (double)(1 << 30));
}
