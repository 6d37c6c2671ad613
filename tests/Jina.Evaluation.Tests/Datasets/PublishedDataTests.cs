using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

/// <summary>Reads the published data sets.</summary>
public sealed class PublishedDataTests
{
    [Theory]
    [InlineData("dev", 1500)]
    [InlineData("test", 1379)]
    public void Both_formats_of_the_STS_benchmark_contain_the_same_pairs(string part, int count)
    {
        var quoted = CsvPairs.Read(SharedData.RequirePath("stsb", $"stsb-en-{part}.csv"));
        var tabbed = TabbedPairs.ReadBenchmark(SharedData.RequirePath("stsb", "original", $"sts-{part}.csv"));

        Assert.Equal((count, count), (quoted.Count, tabbed.Count));
        Assert.Equal(tabbed.Select(pair => pair.Score), quoted.Select(pair => pair.Score));
        Assert.Equal(tabbed.Select(Trimmed), quoted.Select(Trimmed));
    }

    [Fact]
    public void SciFact_has_the_counts_of_BEIR()
    {
        var task = BeirFolder.Open(SharedData.RequirePath("scifact"));

        var judgments = task.Queries.Sum(query => query.Relevance.Count);
        Assert.Equal((300, 5183, 339), (task.Queries.Count, task.Documents().Count(), judgments));
    }

    private static (string First, string Second) Trimmed(SentencePair pair) => (pair.First.Trim(), pair.Second.Trim());
}
