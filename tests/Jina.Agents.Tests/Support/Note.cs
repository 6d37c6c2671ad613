using Microsoft.Extensions.VectorData;

using JinaEmbeddingDimensions = Jina.Agents.Tests.Support.DemoDimensions;

namespace Jina.Agents.Tests.Support;

/// <summary>Represents a record whose text is embedded by the store.</summary>
internal sealed class Note
{
    public static readonly Note[] OfTheStation =
    [
        Create("wind", "Wind", "The cup anemometer on the mast measures the speed of the wind."),
        Create("rain", "Rain", "Empty the rain gauge every morning and write down the millimeters."),
        Create("plates", "Shield", "Wash the plates of the radiation shield with water and a soft brush."),
        Create("battery", "Power", "The battery is charged by a solar panel and lasts for a week."),
    ];

    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData]
    public string Title { get; set; } = "";

    [VectorStoreData]
    public string? Link { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    public string Text { get; set; } = "";

    [VectorStoreVector(JinaEmbeddingDimensions.SmallEnV1)]
    public string Embedding => Text;   // a string, so the store embeds it

    private static Note Create(string id, string title, string text) =>
        new() { Id = id, Title = title, Link = $"https://station.example/{id}", Text = text };
}
