using System.Diagnostics;
using Jina.Extensions.AI;

namespace Jina.Benchmarks.Encoder;

/// <summary>Measures a long stream of short texts: every tenth should take equally long, and memory should stay constant.</summary>
internal static class StreamBenchmark
{
    public static async Task<int> RunAsync(string model, int count)
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(JinaEmbeddingModel.FromDirectory(model));
        var tenth = Math.Max(1, count / 10);
        var done = 0;
        var watch = Stopwatch.StartNew();
        await foreach (var _ in generator.GenerateStreamingAsync(Enumerable.Range(0, count).Select(Text)))
        {
            if (++done % tenth == 0)
            {
                using var process = Process.GetCurrentProcess();
                Console.WriteLine(
                    $"{done,10:N0} texts  {tenth / watch.Elapsed.TotalSeconds,8:N0} texts/s  "
                    + $"resident {process.WorkingSet64 / 1e6,6:N0} MB, peak {process.PeakWorkingSet64 / 1e6:N0} MB");
                watch.Restart();
            }
        }

        return 0;
    }

    private static string Text(int number) => (number % 4) switch
    {
        0 => $"order {number}",
        1 => $"where is order {number} of last week",
        2 => "the delivery was late",
        _ => $"customer {number} asks for a refund of the second payment",
    };
}
