using System.Globalization;
using Jina.Embeddings.Tool.Benchmarking;
using Jina.Embeddings.Tool.Commands;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Shows what bench found out to a human: the ways to run texts beside each other, then the rest.</summary>
internal static class BenchTables
{
    public static void Write(BenchReport report)
    {
        AnsiConsole.Write(Ways(report));
        AnsiConsole.Write(Rest(report));
    }

    private static Table Ways(BenchReport report)
    {
        var settings = report.Settings;
        var table = new Table().Border(TableBorder.Rounded)
            .Title(Markup.Escape($"{settings.ModelName}, {PrecisionOption.NameOf(settings.Precision)}, {settings.Threads} thread(s)"))
            .AddColumn(new TableColumn("").NoWrap());
        foreach (var name in (string[])["texts", "tokens/s", "texts/s", "roofline", "padding"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        Add("jina-embeddings", report.Ours);
        foreach (var (baseline, throughput) in report.Baselines)
        {
            Add(baseline.Name, throughput);
        }

        if (report.Comparison is { } comparison)
        {
            Add("in fp32", comparison.Fp32);
        }

        return table;

        void Add(string name, Throughput way) => table.AddRow(
            name, Text($"{way.Texts:N0}"), Text($"{way.TokensPerSecond:N0}"), Text($"{way.TextsPerSecond:N1}"), Percent(way.RooflineFraction(report.SgemmGflops)), Percent(way.Padding));
    }

    private static Grid Rest(BenchReport report)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Add("Query, idle", $"p50 {report.Idle.P50:F2} ms, p99 {report.Idle.P99:F2} ms{Times(report)}");
        Add("Query, under bulk", $"p50 {report.UnderBulk.P50:F2} ms, p99 {report.UnderBulk.P99:F2} ms (a micro-batch takes {report.MicroBatchMilliseconds:F2} ms)");
        Add("Products", $"{report.SgemmGflops:F1} GFLOP/s");
        Add("Memory", $"{report.MemoryGigabytesPerSecond:F1} GB/s");
        Add("Tokenizer", $"{report.TokenizerTokensPerSecond:N0} tokens/s");
        Add("Allocated", $"{report.AllocatedBytesPerText:N0} bytes per text");
        Add("Load", $"{report.Process.LoadMilliseconds:F0} ms");
        if (report.QuantizeMilliseconds is { } quantize)
        {
            Add("Quantization, once", $"{quantize:F0} ms");
        }

        Add("Peak memory", $"{report.Process.PeakMegabytes:F0} MB");
        if (report.Comparison is { } comparison)
        {
            Add("int8 to fp32", $"{report.Ours.TokensPerSecond / comparison.Fp32.TokensPerSecond:F2} times as fast, cosine at worst {comparison.WorstCosine:F5}, {comparison.MeanCosine:F5} on average");
            Add("Alone or not", $"{comparison.AloneWithin:P1} of texts within 1e-5, at worst {comparison.AloneWorst:0.0E+0} apart");
        }

        return grid;

        void Add(string label, FormattableString value) => grid.AddRow(new Text(label, new Style(decoration: Decoration.Bold)), new Text(Text(value)));
    }

    private static string Times(BenchReport report) => report.QueryRooflineMilliseconds is { } least
        ? Text($", {report.Idle.P50 / least:F1} times the least of {least:F2} ms")
        : "";

    private static string Percent(double? part) => part is { } value ? Text($"{100 * value:F1} %") : "-";

    private static string Text(FormattableString value) => value.ToString(CultureInfo.InvariantCulture);
}
