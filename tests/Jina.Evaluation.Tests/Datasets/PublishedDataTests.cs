using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

/// <summary>The data sets as they are handed on.</summary>
public sealed class PublishedDataTests
{
    [Theory]
    [InlineData("dev", 1500)]
    [InlineData("test", 1379)]
    public void Both_forms_of_the_STS_benchmark_hold_the_same_pairs(string part, int count)
    {
        var quoted = CsvPairs.Read(SharedData.RequirePath("stsb", $"stsb-en-{part}.csv"));
        var tabbed = TabbedPairs.ReadBenchmark(SharedData.RequirePath("stsb", "original", $"sts-{part}.csv"));

        Assert.Equal((count, count), (quoted.Count, tabbed.Count));
        Assert.Equal(tabbed.Select(pair => pair.Score), quoted.Select(pair => pair.Score));
        Assert.Equal(tabbed.Select(Trimmed), quoted.Select(Trimmed));
    }

    [Fact]
    public void SciFact_has_what_BEIR_counts()
    {
        var task = BeirFolder.Open(SharedData.RequirePath("scifact"));

        Assert.Equal((300, 5183, 339), (task.Queries.Count, task.Documents().Count(), task.Queries.Sum(query => query.Relevance.Count)));
    }

    private static (string First, string Second) Trimmed(SentencePair pair) => (pair.First.Trim(), pair.Second.Trim());
}
