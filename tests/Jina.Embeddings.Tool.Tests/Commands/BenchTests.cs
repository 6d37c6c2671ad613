using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

public sealed class BenchTests
{
    private static readonly string[] ThroughputFields =
        ["texts", "tokens", "tokens_per_second", "texts_per_second", "roofline_fraction", "padding_fraction"];
    private static readonly string[] Baselines = ["naive_padded", "pad_to_512", "one_at_a_time", "sorted_32"];

    private static readonly string[] Fields =
    [
        "model", "precision", "threads", "runs", .. ThroughputFields, "sgemm_gflops", "int8_gops", "flops_per_token",
        "tokenizer_tokens_per_second", "allocated_bytes_per_text", "micro_batch_ms",
        "query_idle_p50_ms", "query_idle_p99_ms", "query_bulk_p50_ms", "query_bulk_p99_ms",
        "memory_bandwidth_gbs", "query_roofline_ms", "query_roofline_ratio",
        "first_vector_ms", "load_ms", "load_tokenizer_ms", "load_session_ms", "quantize_ms", "peak_rss_mb",
    ];

    [Fact]
    public async Task Json_is_one_object_with_the_figures_and_the_baselines()
    {
        var json = OneObject(
            await Tool.RunAsync("bench", "--model", Tool.DemoModel, "--json", "--count", "8", "--runs", "1", "--threads", "2"));

        Assert.Equal([.. Fields, .. Baselines], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("demo-en", json.GetProperty("model").GetString());
        Assert.Equal("fp32", json.GetProperty("precision").GetString());
        Assert.Equal(2, json.GetProperty("threads").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("quantize_ms").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("int8_gops").ValueKind);
        AssertSane(json);
        foreach (var baseline in Baselines.Select(json.GetProperty))
        {
            Assert.Equal(ThroughputFields, baseline.EnumerateObject().Select(property => property.Name));
            AssertSane(baseline);
            Assert.Equal(8, baseline.GetProperty("texts").GetInt32());
            Assert.Equal(json.GetProperty("tokens").GetInt64(), baseline.GetProperty("tokens").GetInt64());
        }

        Assert.All(
            Fields[10..].Where(name => name is not ("quantize_ms" or "int8_gops")), name => Assert.True(Number(json, name) > 0, name));
        Assert.True(Number(json, "query_idle_p50_ms") <= Number(json, "query_idle_p99_ms"));
        Assert.True(Number(json, "query_bulk_p50_ms") <= Number(json, "query_bulk_p99_ms"));
        Assert.All(
            (string[])["load_tokenizer_ms", "load_session_ms"], name => Assert.True(Number(json, name) <= Number(json, "load_ms"), name));
        Assert.True(Number(json, "load_ms") <= Number(json, "first_vector_ms"));
    }

    [Fact]
    public async Task Each_schedule_has_its_own_padding()
    {
        // Each batch of 32 in input order contains one long text. The other texts have one token.
        var texts = string.Concat(Enumerable.Range(0, 64).Select(i => i % 32 == 0 ? "a a a a a a a\n" : "\n"));

        var json = OneObject(
            await Tool.RunWithInputAsync(texts, "bench", "--model", Tool.DemoModel, "--texts", "-", "--json", "--runs", "1"));

        var longest = (Number(json, "tokens") - 62) / 2;
        Assert.Equal(64, json.GetProperty("texts").GetInt32());
        Assert.Equal(1 - (Number(json, "tokens") / (64 * longest)), Number(json.GetProperty("naive_padded"), "padding_fraction"), 1e-4);
        Assert.Equal(1 - (Number(json, "tokens") / (64 * 512)), Number(json.GetProperty("pad_to_512"), "padding_fraction"), 1e-4);
        Assert.Equal(0, Number(json.GetProperty("one_at_a_time"), "padding_fraction"));
        Assert.Equal(1 - (Number(json, "tokens") / (32 + (32 * longest))), Number(json.GetProperty("sorted_32"), "padding_fraction"), 1e-4);
        Assert.InRange(Number(json, "padding_fraction"), 0, 16.0 / 80);
    }

    [Fact]
    public async Task Int8_is_compared_with_fp32()
    {
        using var folder = new TemporaryFolder();

        var model = DemoModelCopy.To(folder);

        var json = OneObject(
            await Tool.RunAsync("bench", "--model", model, "--precision", "int8", "--json", "--count", "8", "--runs", "1"));

        Assert.Equal(
            [
                .. Fields, .. Baselines,
                "fp32", "speedup_over_fp32", "cosine_to_fp32_worst", "cosine_to_fp32_mean", "alone_within_1e-5", "alone_worst",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("int8", json.GetProperty("precision").GetString());
        Assert.True(Number(json, "quantize_ms") > 0);
        Assert.True(Number(json, "int8_gops") > 0);
        Assert.Equal(Number(json, "tokens"), Number(json.GetProperty("fp32"), "tokens"));
        AssertSane(json.GetProperty("fp32"));
        Assert.InRange(Number(json, "cosine_to_fp32_worst"), 0.98, Number(json, "cosine_to_fp32_mean"));
        Assert.InRange(Number(json, "cosine_to_fp32_mean"), 0.99, 1);
        Assert.InRange(Number(json, "alone_within_1e-5"), 0, 1);
        Assert.True(Number(json, "speedup_over_fp32") > 0);
    }

    [Fact]
    public async Task Without_baselines_a_random_model_is_measured_and_deleted()
    {
        var result = await Tool.RunAsync("bench", "--random", "s", "--no-baselines", "--json", "--count", "4", "--runs", "1");

        var json = OneObject(result);
        Assert.Equal(Fields, json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("random-s", json.GetProperty("model").GetString());
        Assert.False(Directory.Exists(result.Error.Split('\n')[0].Split(" to ")[1]));
    }

    [Fact]
    public async Task The_default_output_is_tables()
    {
        var result = await Tool.RunAsync("bench", "--model", Tool.DemoModel, "--count", "4", "--runs", "1");

        Assert.Equal(0, result.ExitCode);
        Assert.All(
            (string[])
            [
                "demo-en, fp32", "tokens/s", "roofline", "padding", "jina-embeddings", .. Baselines,
                "Query, idle", "p99", "GFLOP/s", "Peak memory", "First vector", "Load",
            ],
            words => Assert.Contains(words, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_texts_are_a_failure()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("empty.txt"), "");

        var missing = await Tool.RunAsync("bench", "--model", Tool.DemoModel, "--texts", folder.File("none.txt"));
        missing.AssertFailed(1, folder.File("none.txt"), "--texts");
        (await Tool.RunAsync("bench", "--model", Tool.DemoModel, "--texts", folder.File("empty.txt"))).AssertFailed(1, "no text");
    }

    private static JsonElement OneObject(ToolResult result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        return Assert.Single(result.Lines());
    }

    private static void AssertSane(JsonElement figures)
    {
        Assert.True(Number(figures, "tokens") >= Number(figures, "texts"));
        Assert.True(Number(figures, "tokens_per_second") > 0);

        // Both are rounded, which matters on a busy machine.
        Assert.Equal(
            Number(figures, "tokens_per_second") * Number(figures, "texts") / Number(figures, "tokens"),
            Number(figures, "texts_per_second"),
            0.01);

        // About 1 at most on an idle machine. Other tests may run while one of its two parts is measured.
        Assert.InRange(Number(figures, "roofline_fraction"), 1e-4, 10);
        Assert.InRange(Number(figures, "padding_fraction"), 0, 0.9999);
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();
}
