using System.Diagnostics;
using Jina.Benchmarking;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Models;

namespace Jina.Benchmarks.Encoder;

/// <summary>Measures the time until a model has embedded its first text, and lists the files on disk.</summary>
internal static class LoadBenchmark
{
    private const int Runs = 7;

    public static async Task<int> RunAsync(string model)
    {
        var loaded = new List<double>();
        var answered = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var watch = Stopwatch.StartNew();
            await using var generator = await JinaEmbeddingGenerator.CreateAsync(JinaEmbeddingModel.FromDirectory(model));
            loaded.Add(watch.Elapsed.TotalMilliseconds);
            await generator.EncodeAsync("first text");
            answered.Add(watch.Elapsed.TotalMilliseconds);
        }

        var graph = new FileInfo(Path.Combine(model, ModelFileNames.Fp32Graph));
        var large =
            from file in new DirectoryInfo(model).EnumerateFiles("*", SearchOption.AllDirectories)
            where file.Length > 10_000_000
            select $"{file.Name} {file.Length:N0} bytes";
        Console.WriteLine($"loaded in {loaded[0]:F0} ms in a new process, first text embedded after {answered[0]:F0} ms; "
            + $"medians of {Runs} loads {Quantiles.Median(loaded):F0} and {Quantiles.Median(answered):F0} ms");
        Console.WriteLine($"graph file {graph.Length / 1024.0:F1} KB; files over 10 MB in the folder: {string.Join(", ", large)}");
        return 0;
    }
}
