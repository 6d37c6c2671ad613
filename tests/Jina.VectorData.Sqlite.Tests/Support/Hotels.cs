namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Provides records with every kind of value that a filter can compare, including missing values.</summary>
internal static class Hotels
{
    public static Hotel[] All { get; } =
    [
        new()
        {
            Name = "Harbour",
            City = "Kiel",
            Stars = 3,
            HasPool = true,
            Rooms = 40,
            Description = "Rooms with a view of the ferries",
            Tags = ["sea", "quiet"],
            Place = new float[] { 1, 0, 0, 0 },
        },
        new()
        {
            Name = "Summit",
            City = "Zermatt",
            Stars = 5,
            Rooms = null,
            Description = "Skiing right behind the house",
            Tags = ["snow"],
            Place = new float[] { 0, 1, 0, 0 },
        },
        new()
        {
            Name = "Station",
            City = null,
            Stars = 2,
            HasPool = false,
            Rooms = 120,
            Description = null,
            Tags = [],
            Place = new float[] { 0.5f, 0.5f, 0, 0 },
        },
        new()
        {
            Name = "Quo'te \"d\"",
            City = "'; DROP TABLE hotels; --",
            Stars = 4,
            HasPool = true,
            Rooms = 40,
            Description = "ski and sea, a ferry to both",
            Tags = ["sea", "snow", "it's"],
            Place = new float[] { 0, 0, -1, 0 },
        },
        new()
        {
            Name = "Nowhere",
            City = "",
            Stars = 3,
            Rooms = 0,
            Description = "",
            Tags = ["quiet"],
            Place = null,
        },
    ];
}
