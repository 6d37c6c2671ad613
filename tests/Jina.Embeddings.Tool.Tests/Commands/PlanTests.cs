namespace Jina.Embeddings.Tool.Tests.Commands;

public sealed class PlanTests
{
    [Fact]
    public async Task Hours_cost_and_sizes_follow_from_the_numbers()
    {
        var plan = Assert.Single((await Tool.RunAsync(
            "plan", "--texts", "3.6e7", "--tokens", "100", "--tokens-per-second", "1e4", "--machines", "20", "--price", "0.5",
            "--dimensions", "768", "--json")).Json());

        Assert.Equal(100, plan.GetProperty("machine_hours").GetDouble(), 1e-9);
        Assert.Equal(5, plan.GetProperty("hours").GetDouble(), 1e-9);
        Assert.Equal(50, plan.GetProperty("cost").GetDouble(), 1e-9);
        Assert.Equal(100, plan.GetProperty("shards").GetDouble());
        Assert.Equal(3.6e7 * 768 * 4, plan.GetProperty("float_bytes").GetDouble());
        Assert.Equal(3.6e7 * 96, plan.GetProperty("binary_bytes").GetDouble());
    }

    [Theory]
    [InlineData(512, 2731, 1366)]
    [InlineData(768, 4096, 2048)]
    [InlineData(1024, 8192, 2731)]
    public async Task An_hnsw_index_has_the_size_that_postgres_reports(int dimensions, double vector, double halfvec)
    {
        // pg_relation_size of indexes of pgvector 0.8.6 over 20,000 random vectors, divided by their number.
        var plan = Assert.Single((await Tool.RunAsync(
            "plan", "--texts", "1e6", "--tokens-per-second", "1", "--dimensions", $"{dimensions}", "--json")).Json());

        Assert.Equal(vector, plan.GetProperty("pgvector_hnsw_bytes").GetDouble() / 1e6, 1.0);
        Assert.Equal(halfvec, plan.GetProperty("pgvector_hnsw_halfvec_bytes").GetDouble() / 1e6, 1.0);
    }

    [Fact]
    public async Task The_table_has_units()
    {
        var result = await Tool.RunAsync("plan", "--texts", "1e8", "--tokens-per-second", "8000");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("12,000,000,000", result.Output, StringComparison.Ordinal);
        Assert.Contains("204.8 GB", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("cost", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--texts is '-1'; expected a number above 0", "--texts", "-1", "--tokens-per-second", "1")]
    [InlineData("--texts is 'NaN'", "--texts", "NaN", "--tokens-per-second", "1")]
    [InlineData("--tokens-per-second", "--texts", "1")]
    [InlineData("--machines is '0'", "--texts", "1", "--tokens-per-second", "1", "--machines", "0")]
    public async Task Invalid_numbers_are_reported(string problem, params string[] options) =>
        (await Tool.RunAsync(["plan", .. options])).AssertFailed(2, problem);
}
