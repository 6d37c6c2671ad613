using System.Globalization;
using System.Numerics.Tensors;
using Jina.Benchmarking;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Inference;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>Compares other forms of the encoder graph with that of the library, on one thread.</summary>
/// <remarks>
/// It measures the CPU time of the process, and variants alternate, so that other programs disturb all variants equally and little.
/// </remarks>
internal static class GraphBenchmark
{
    private const int Rounds = 7;

    /// <summary>The number of tokens that a variant processes in its turn.</summary>
    private const int TokensPerTurn = 1536;

    private static readonly BatchShape[] Shapes = [new(4, 64), new(16, 16), new(2, 128), new(1, 256)];

    public static int Run()
    {
        using var model = new RandomModel();
        Compare("fp32", model.Float32, VariantCatalog.Float32);
        Compare("int8", model.Int8, VariantCatalog.Int8);
        return 0;
    }

    private static void Compare(string title, Checkpoint weights, IReadOnlyList<Variant> variants)
    {
        EncoderSession[] sessions = [.. variants.Select(variant => RandomModel.Open(weights, variant))];
        try
        {
            // Texts of different lengths in one batch.
            var texts = BatchShape.RandomTexts([64, 40, 5]);
            var ours = sessions[0].Run(texts, CancellationToken.None);
            string[] cosines = [.. sessions.Select(session => WorstCosine(session, texts, ours))];
            var rounds = Shapes.Select(shape => Measure(sessions, shape)).ToArray();

            Console.WriteLine(
                $"\n{title}, tokens per second of CPU time (median of {Rounds} rounds), and relative to ours (median of the ratios)\n"
                + $"{"variant",-28}{string.Concat(Shapes.Select(shape => $"{shape,17}"))}   worst cosine to ours");
            for (var i = 0; i < variants.Count; i++)
            {
                var index = i;
                Console.WriteLine($"{variants[i].Name,-28}{string.Concat(rounds.Select(rates => Cell(rates, index)))}   {cosines[i]}");
            }
        }
        finally
        {
            Array.ForEach(sessions, session => session.Dispose());
        }
    }

    private static string Cell(double[][] rounds, int variant) => double.IsNaN(rounds[0][variant])
        ? $"{"-",17}"
        : string.Create(CultureInfo.InvariantCulture, $"{Rate(rounds, variant),10:F0}{100 * (Ratio(rounds, variant) - 1),6:+0;-0;0}%");

    private static double Rate(double[][] rounds, int variant) => Quantiles.Median(rounds.Select(rates => rates[variant]));

    private static double Ratio(double[][] rounds, int variant) => Quantiles.Median(rounds.Select(rates => rates[variant] / rates[0]));

    /// <summary>Returns tokens per second, by round and session.</summary>
    private static double[][] Measure(EncoderSession[] sessions, BatchShape shape)
    {
        var texts = BatchShape.RandomTexts(shape.Lengths);
        return [.. Enumerable.Range(0, Rounds).Select(_ => sessions.Select(Rate).ToArray())];

        double Rate(EncoderSession session)
        {
            try
            {
                var start = Environment.CpuUsage.TotalTime;
                for (var done = 0; done < TokensPerTurn; done += shape.Tokens)
                {
                    session.Run(texts, CancellationToken.None);
                }

                return TokensPerTurn / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            }
            catch (JinaModelException)
            {
                return double.NaN;
            }
        }
    }

    private static string WorstCosine(EncoderSession session, T5Encoding[] texts, float[][] ours)
    {
        try
        {
            var cosines = session.Run(texts, CancellationToken.None).Zip(
                ours, (vector, our) => TensorPrimitives.CosineSimilarity(vector, our));
            return cosines.Min().ToString("F6", CultureInfo.InvariantCulture);
        }
        catch (JinaModelException e)
        {
            return $"failed: {e.Message}";
        }
    }
}
