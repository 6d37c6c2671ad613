namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Keeps the reports in the order of the calls.</summary>
internal sealed class ListProgress : IProgress<ReembeddingProgress>
{
    public List<(long Done, long Total)> Reports { get; } = [];

    public void Report(ReembeddingProgress value) => Reports.Add((value.RecordsDone, value.TotalRecords));
}
