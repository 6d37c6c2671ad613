using System.Diagnostics;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Graph;

namespace Jina.Benchmarks.Encoder;

/// <summary>The time until a model has answered its first text, and what that leaves on disk.</summary>
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

        var graph = new FileInfo(Path.Combine(model, EncoderGraphFile.Name));
        Console.WriteLine($"loaded in {loaded[0]:F0} ms in a fresh process, first text answered after {answered[0]:F0} ms; "
            + $"medians of {Runs} loads {Median.Of(loaded):F0} and {Median.Of(answered):F0} ms");
        Console.WriteLine($"graph file {graph.Length / 1024.0:F1} KB; files of more than 10 MB in the folder: "
            + string.Join(", ", new DirectoryInfo(model).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Length > 10_000_000).Select(f => $"{f.Name} {f.Length:N0} bytes")));
        return 0;
    }
}
