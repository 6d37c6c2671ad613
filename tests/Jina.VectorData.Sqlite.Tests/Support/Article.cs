using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Represents a record whose stored text is embedded.</summary>
public sealed class Article
{
    public string Id { get; set; } = "";

    public string? Text { get; set; }

    public int Year { get; set; }

    public string? Embedding => Text;

    /// <summary>Creates records with different texts.</summary>
    public static IEnumerable<Article> Many(int first, int count) =>
        Enumerable.Range(first, count).Select(i => new Article { Id = $"{i}", Text = $"text {i}", Year = 2000 + (i % 10) });

    /// <summary>Creates the definition for a model.</summary>
    public static VectorStoreCollectionDefinition Define(ModelGenerator model) => new()
    {
        EmbeddingGenerator = model,
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Id), typeof(string)),
            new VectorStoreDataProperty(nameof(Text), typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreDataProperty(nameof(Year), typeof(int)) { IsIndexed = true },
            new VectorStoreVectorProperty(nameof(Embedding), typeof(string), model.Dimensions),
        ],
    };
}
