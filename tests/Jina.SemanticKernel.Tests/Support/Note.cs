using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Tests.Support;

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
    public string Id { get; set; } = string.Empty;

    [VectorStoreData]
    [TextSearchResultName]
    public string? Title { get; set; }

    [VectorStoreData]
    [TextSearchResultLink]
    public string? Link { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    [TextSearchResultValue]
    public string Text { get; set; } = string.Empty;

    [VectorStoreVector(DemoModel.Dimensions)]
    public string Embedding => Text;

    private static Note Create(string id, string title, string text) =>
        new() { Id = id, Title = title, Link = $"https://station.example/{title.ToLowerInvariant()}", Text = text };
}
