using System.Text.Json;
using Jina.Evaluation.Measures;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Measures;

/// <summary>Compares the measures with SciPy and with an independent implementation. tools/quality-oracle writes the file.</summary>
public sealed class GoldenMeasuresTests
{
    private const double Tolerance = 1e-9;

    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(RepositoryFiles.Path("tests", "Jina.Evaluation.Tests", "Measures", "Fixtures", "measures.json"))).RootElement;

    public static TheoryData<int> Correlations => [.. Enumerable.Range(0, Golden.GetProperty("correlations").GetArrayLength())];

    public static TheoryData<int> Rankings => [.. Enumerable.Range(0, Golden.GetProperty("rankings").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Correlations))]
    public void Correlations_equal_those_of_SciPy(int index)
    {
        var golden = Golden.GetProperty("correlations")[index];
        double[] x = [.. golden.GetProperty("x").EnumerateArray().Select(value => value.GetDouble())];
        double[] y = [.. golden.GetProperty("y").EnumerateArray().Select(value => value.GetDouble())];

        Assert.Equal(golden.GetProperty("pearson").GetDouble(), Correlation.Pearson(x, y), Tolerance);
        Assert.Equal(golden.GetProperty("spearman").GetDouble(), Correlation.Spearman(x, y), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Rankings))]
    public void Ranking_measures_equal_those_of_the_other_implementation(int index)
    {
        var golden = Golden.GetProperty("rankings")[index];
        var scores = golden.GetProperty("scores").EnumerateObject().ToDictionary(score => score.Name, score => score.Value.GetDouble());
        var relevance = golden.GetProperty("relevance").EnumerateObject().ToDictionary(gain => gain.Name, gain => gain.Value.GetInt32());
        string[] ranking = [.. golden.GetProperty("ranking").EnumerateArray().Select(id => id.GetString()!)];

        Assert.Equal(golden.GetProperty("ndcg10").GetDouble(), Ndcg.At(10, ranking, relevance), Tolerance);
        Assert.Equal(golden.GetProperty("recall10").GetDouble(), Recall.At(10, ranking, relevance), Tolerance);
        Assert.Equal(golden.GetProperty("recall100").GetDouble(), Recall.At(100, ranking, relevance), Tolerance);
        Assert.Equal(golden.GetProperty("mrr10").GetDouble(), ReciprocalRank.At(10, ranking, relevance), Tolerance);
        var documents = scores.Select(score => (score.Value, relevance.GetValueOrDefault(score.Key) > 0));
        Assert.Equal(golden.GetProperty("averagePrecision").GetDouble(), AveragePrecision.Calculate(documents), Tolerance);
    }
}
