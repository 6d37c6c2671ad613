using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests;

public sealed class SqliteCollectionTests : IDisposable
{
    private static readonly Hotel Harbour = new() { Name = "Harbour", City = "Kiel", Stars = 3, HasPool = true, Rooms = 40, Description = "Rooms with a view of the ferries", Tags = ["sea", "quiet"], Place = new float[] { 1, 0, 0, 0 } };
    private static readonly Hotel Summit = new() { Name = "Summit", City = "Zermatt", Stars = 5, Rooms = null, Description = "Skiing right behind the house", Tags = ["snow"], Place = new float[] { 0, 1, 0, 0 } };
    private static readonly Hotel Station = new() { Name = "Station", City = null, Stars = 2, HasPool = false, Rooms = 120, Description = null, Place = new float[] { 0.5f, 0.5f, 0, 0 } };

    private readonly TestStore _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_record_comes_back_as_it_was_stored()
    {
        var hotels = await _file.HotelsAsync(Harbour, Summit, Station);

        var found = await hotels.GetAsync("Harbour", new() { IncludeVectors = true }, TestContext.Current.CancellationToken);

        Assert.Equivalent(Harbour, found);
        Assert.Equal(Harbour.Place!.Value.ToArray(), found!.Place!.Value.ToArray());
    }

    [Fact]
    public async Task A_search_ranks_by_cosine_similarity()
    {
        var hotels = await _file.HotelsAsync(Harbour, Summit, Station);

        var found = await hotels.SearchAsync(new float[] { 2, 1, 0, 0 }, top: 3, cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Station", "Harbour", "Summit"], found.Select(result => result.Record.Name));
        Assert.Equal(3 / Math.Sqrt(2 * 5), found[0].Score!.Value, 6);
    }
}
