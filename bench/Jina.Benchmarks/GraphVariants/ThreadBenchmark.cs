using System.Diagnostics;
using System.Globalization;
using Jina.Benchmarking;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Inference;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>Compares concurrent batches, one per processor and each on one thread, with batches that use all threads.</summary>
internal static class ThreadBenchmark
{
    private const int Rounds = 7;

    /// <summary>The number of tokens that a caller processes in one turn.</summary>
    private const int TokensPerTurn = 1536;

    private static readonly BatchShape[] Shapes = [new(4, 64), new(1, 16)];

    public static int Run()
    {
        using var model = new RandomModel();
        Console.WriteLine($"{"",-6}{"shape",-8}{"arrangement",-28}{"tokens/s",10}{"ms per run",12}");
        Compare("fp32", model.Float32);
        Compare("int8", model.Int8);
        return 0;
    }

    private static void Compare(string precision, Checkpoint weights)
    {
        var threads = Environment.ProcessorCount;
        using var oneThread = RandomModel.Open(weights, VariantCatalog.Ours, threads: 1);
        using var allThreads = RandomModel.Open(weights, VariantCatalog.Ours, threads);
        (string Name, EncoderSession Session, int Callers)[] arrangements =
        [
            ($"1 thread, {threads} callers", oneThread, threads),
            ($"{threads} threads, 1 caller", allThreads, 1),
            ($"{threads} threads, {threads} callers", allThreads, threads),
        ];
        foreach (var shape in Shapes)
        {
            var texts = BatchShape.RandomTexts(shape.Lengths);
            var runs = TokensPerTurn / shape.Tokens;
            var rounds = Enumerable.Range(0, Rounds)
                .Select(_ => arrangements.Select(a => Turn(a.Session, texts, runs, a.Callers).TotalSeconds / runs).ToArray())
                .ToArray();
            for (var i = 0; i < arrangements.Length; i++)
            {
                var seconds = Quantiles.Median(rounds.Select(round => round[i]));
                var rate = arrangements[i].Callers * shape.Tokens / seconds;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{precision,-6}{shape,-8}{arrangements[i].Name,-28}{rate,10:F0}{1000 * seconds,12:F2}"));
            }
        }
    }

    /// <summary>Returns the time that concurrent callers need for some runs each.</summary>
    private static TimeSpan Turn(EncoderSession session, T5Encoding[] texts, int runs, int callers)
    {
        var watch = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, callers).Select(_ => new Thread(() =>
        {
            for (var run = 0; run < runs; run++)
            {
                session.Run(texts, CancellationToken.None);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return watch.Elapsed;
    }
}
