using System.Globalization;
using Jina.Benchmarking;
using Jina.Embeddings.Tool.Commands;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Diagnostics;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Prints the report of a benchmark as tables: the throughputs first, then the other figures.</summary>
internal static class BenchTables
{
    public static void Write(BenchReport report)
    {
        TableOutput.Write(Throughputs(report));
        TableOutput.Write(OtherFigures(report));
    }

    private static Table Throughputs(BenchReport report)
    {
        var settings = report.Settings;
        var model = PrintableText.Name(settings.ModelName);
        var table = new Table().Border(TableOutput.Border)
            .Title(Markup.Escape($"{model}, {PrecisionOption.NameOf(settings.Precision)}, {settings.Threads} thread(s)"))
            .AddColumn(new TableColumn("").NoWrap());
        foreach (var name in (string[])["texts", "tokens/s", "texts/s", "roofline", "padding"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        Add("jina-embeddings", report.Ours, settings.Precision);
        foreach (var (baseline, throughput) in report.Baselines)
        {
            Add(baseline.Name, throughput, settings.Precision);
        }

        if (report.Comparison is { } comparison)
        {
            Add("in fp32", comparison.Fp32, Precision.Fp32);
        }

        return table;

        void Add(string name, Throughput throughput, Precision precision) => table.AddRow(
            name,
            Text($"{throughput.Texts:N0}"),
            Text($"{throughput.TokensPerSecond:N0}"),
            Text($"{throughput.TextsPerSecond:N1}"),
            Percent(throughput.RooflineFraction(report.Limits, precision)),
            Percent(throughput.Padding));
    }

    private static Grid OtherFigures(BenchReport report)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        var (idle, bulk, first) = (report.Idle, report.UnderBulk, report.Process.FirstVector);
        Add("Query, idle", $"p50 {idle.P50:F2} ms, p99 {idle.P99:F2} ms{Ratio(report)}");
        Add("Query, under bulk", $"p50 {bulk.P50:F2} ms, p99 {bulk.P99:F2} ms (one micro-batch: {report.MicroBatchMilliseconds:F2} ms)");
        Add("Matrix products", $"{report.Limits.SgemmGflops:F1} GFLOP/s");
        if (report.Limits.Int8Gops is { } gops)
        {
            Add("Products in int8", $"{gops:F1} GOP/s");
        }

        Add("Reads of weights", $"{report.Limits.ReadGigabytesPerSecond:F1} GB/s");
        Add("Tokenizer", $"{report.TokenizerTokensPerSecond:N0} tokens/s");
        Add("Allocated", $"{report.AllocatedBytesPerText:N0} bytes per text");
        Add("First vector", $"{first.Total:F0} ms: load {first.Load:F0} ms, then the first run {first.FirstRun:F0} ms");
        Add("Load", $"tokenizer {first.Tokenizer:F0} ms, and at the same time graph and session {first.Session:F0} ms");
        if (report.QuantizeMilliseconds is { } quantize)
        {
            Add("Quantization, once", $"{quantize:F0} ms");
        }

        Add("Peak memory", $"{report.Process.PeakMegabytes:F0} MB");
        if (report.Comparison is { } comparison)
        {
            var speedup = report.Ours.TokensPerSecond / comparison.Fp32.TokensPerSecond;
            Add(
                "int8 to fp32",
                $"{speedup:F2} times as fast; cosine {comparison.WorstCosine:F5} at worst, {comparison.MeanCosine:F5} on average");
            Add("Alone or batched", $"{comparison.AloneWithin:P1} of texts within 1e-5; largest difference {comparison.AloneWorst:0.0E+0}");
        }

        return grid;

        void Add(string label, FormattableString value) =>
            grid.AddRow(new Text(label, new Style(decoration: Decoration.Bold)), new Text(Text(value)));
    }

    private static string Ratio(BenchReport report) => report.QueryRooflineMilliseconds is { } limit
        ? Text($", {report.Idle.P50 / limit:F1} times the machine's limit of {limit:F2} ms")
        : "";

    private static string Percent(double? fraction) => fraction is { } value ? Text($"{100 * value:F1} %") : "-";

    private static string Text(FormattableString value) => value.ToString(CultureInfo.InvariantCulture);
}
