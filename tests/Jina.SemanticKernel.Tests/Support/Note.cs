using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Tests.Support;

/// <summary>A record whose text the store embeds.</summary>
internal sealed class Note
{
    public static readonly Note[] OfTheStation =
    [
        new() { Id = "wind", Title = "Wind", Link = "https://station.example/wind", Text = "The cup anemometer on the mast measures the speed of the wind." },
        new() { Id = "rain", Title = "Rain", Link = "https://station.example/rain", Text = "Empty the rain gauge every morning and write down the millimetres." },
        new() { Id = "plates", Title = "Shield", Link = "https://station.example/shield", Text = "Wash the plates of the radiation shield with water and a soft brush." },
        new() { Id = "battery", Title = "Power", Link = "https://station.example/power", Text = "The battery is charged by a solar panel and lasts for a week." },
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
}
