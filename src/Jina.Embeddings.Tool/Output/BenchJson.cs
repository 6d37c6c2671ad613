using System.Text.Json;
using Jina.Benchmarking;
using Jina.Embeddings.Tool.Commands;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes the report of a benchmark as one JSON object. docs/cli.md describes its fields.</summary>
internal static class BenchJson
{
    public static void Write(BenchReport report) => JsonOutput.WriteObject(json =>
    {
        var settings = report.Settings;
        json.WriteString("model", settings.ModelName);
        json.WriteString("precision", PrecisionOption.NameOf(settings.Precision));
        json.WriteNumber("threads", settings.Threads);
        json.WriteNumber("runs", settings.Runs);
        WriteThroughput(json, report.Ours, report.Limits, settings.Precision);
        Write(json, "sgemm_gflops", report.Limits.SgemmGflops, 2);
        Write(json, "int8_gops", report.Limits.Int8Gops, 2);
        Write(json, "flops_per_token", report.Ours.Operations?.Total / report.Ours.Tokens, 0);
        Write(json, "tokenizer_tokens_per_second", report.TokenizerTokensPerSecond, 0);
        Write(json, "allocated_bytes_per_text", report.AllocatedBytesPerText, 0);
        Write(json, "micro_batch_ms", report.MicroBatchMilliseconds, 3);
        Write(json, "query_idle_p50_ms", report.Idle.P50, 3);
        Write(json, "query_idle_p99_ms", report.Idle.P99, 3);
        Write(json, "query_bulk_p50_ms", report.UnderBulk.P50, 3);
        Write(json, "query_bulk_p99_ms", report.UnderBulk.P99, 3);
        Write(json, "memory_bandwidth_gbs", report.Limits.ReadGigabytesPerSecond, 2);
        Write(json, "query_roofline_ms", report.QueryRooflineMilliseconds, 3);
        Write(json, "query_roofline_ratio", report.Idle.P50 / report.QueryRooflineMilliseconds, 2);
        Write(json, "first_vector_ms", report.Process.FirstVector.Total, 1);
        Write(json, "load_ms", report.Process.FirstVector.Load, 1);
        Write(json, "load_tokenizer_ms", report.Process.FirstVector.Tokenizer, 1);
        Write(json, "load_session_ms", report.Process.FirstVector.Session, 1);
        Write(json, "quantize_ms", report.QuantizeMilliseconds, 1);
        Write(json, "peak_rss_mb", report.Process.PeakMegabytes, 1);
        foreach (var (baseline, throughput) in report.Baselines)
        {
            WriteObject(json, baseline.Name, throughput, report.Limits, settings.Precision);
        }

        if (report.Comparison is { } comparison)
        {
            WriteObject(json, "fp32", comparison.Fp32, report.Limits, Precision.Fp32);
            Write(json, "speedup_over_fp32", report.Ours.TokensPerSecond / comparison.Fp32.TokensPerSecond, 3);
            Write(json, "cosine_to_fp32_worst", comparison.WorstCosine, 6);
            Write(json, "cosine_to_fp32_mean", comparison.MeanCosine, 6);
            Write(json, "alone_within_1e-5", comparison.AloneWithin, 4);
            Write(json, "alone_worst", comparison.AloneWorst, 9);
        }
    });

    private static void WriteObject(Utf8JsonWriter json, string name, Throughput throughput, MachineLimits limits, Precision precision)
    {
        json.WriteStartObject(name);
        WriteThroughput(json, throughput, limits, precision);
        json.WriteEndObject();
    }

    private static void WriteThroughput(Utf8JsonWriter json, Throughput throughput, MachineLimits limits, Precision precision)
    {
        json.WriteNumber("texts", throughput.Texts);
        json.WriteNumber("tokens", throughput.Tokens);
        Write(json, "tokens_per_second", throughput.TokensPerSecond, 1);
        Write(json, "texts_per_second", throughput.TextsPerSecond, 2);
        Write(json, "roofline_fraction", throughput.RooflineFraction(limits, precision), 4);
        Write(json, "padding_fraction", throughput.Padding, 4);
    }

    private static void Write(Utf8JsonWriter json, string name, double? value, int digits)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, digits));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
