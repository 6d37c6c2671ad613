using System.Text.Json;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;

namespace Jina.Benchmarks.Encoder;

/// <summary>Compares vectors with those of tools/encoder-oracle, for each text alone and for all texts in one batch.</summary>
internal static class EncoderComparison
{
    public static int Run(string model, string idsPath, string vectorsPath)
    {
        T5Encoding[] texts = [.. File.ReadLines(idsPath).Select(ReadIds)];
        double[][] expected = [.. File.ReadLines(vectorsPath).Select(ReadVector)];
        using var session = EncoderSession.Open(new ModelDirectory(model).EnsureGraph(model).Path);

        var alone = texts.Select(text => session.Run([text], CancellationToken.None)[0]).ToArray();
        var together = session.Run(texts, CancellationToken.None);
        Console.WriteLine(
            $"{texts.Length} texts of {texts.Min(t => t.Ids.Count)} to {texts.Max(t => t.Ids.Count)} IDs; largest difference from float64: "
            + $"alone {Worst(expected, alone):E2}, in one padded batch {Worst(expected, together):E2}");
        return 0;
    }

    /// <summary>Returns the largest difference of any vector, relative to the largest component of that vector.</summary>
    private static double Worst(double[][] expected, float[][] actual) => expected.Zip(actual, (e, a) =>
        e.Zip(a, (x, y) => Math.Abs(x - y)).Max() / e.Max(Math.Abs)).Max();

    private static T5Encoding ReadIds(string line)
    {
        using var json = JsonDocument.Parse(line);
        return new T5Encoding([.. Numbers(json.RootElement).Select(x => (int)x)], false);
    }

    private static double[] ReadVector(string line)
    {
        using var json = JsonDocument.Parse(line);
        return Numbers(json.RootElement.GetProperty("embedding"));
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
