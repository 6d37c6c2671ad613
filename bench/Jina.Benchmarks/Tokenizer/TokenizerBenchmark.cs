using System.Text.Json;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Tokenization;

namespace Jina.Benchmarks.Tokenizer;

/// <summary>Measures the tokenizer against the library that it wraps, on one thread.</summary>
/// <remarks>
/// Processor time, in rounds that each contestant takes part in: other programs on the machine then disturb least.
/// tools/tokenizer-oracle/time_sentencepiece.py measures SentencePiece in the same way.
/// </remarks>
internal static class TokenizerBenchmark
{
    private const int Rounds = 9;

    public static int Run(string model, string corpus)
    {
        var texts = File.ReadLines(corpus).Select(ReadText).ToArray();
        var ours = T5Tokenizer.Create(model);
        var library = SentencePieceModelFile.Read(model, File.ReadAllBytes(model)).CreateTokenizer();
        Console.WriteLine($"{texts.Length} texts, {texts.Average(t => t.Length):F0} chars each; processor time, median of {Rounds} rounds");

        (string Name, Func<string, int> Encode)[] contestants =
        [
            ("bare library", text => library.EncodeToIds(text, false, false).Count),
            ("ours, whole text", text => ours.Encode(text, int.MaxValue).AsSpan().Length),
            ("ours, 512 at most", text => ours.Encode(text).AsSpan().Length),
            ("ours, with offsets", text => ours.EncodeToTokens(text, out _).Count),
        ];
        var times = contestants.Select(_ => new List<double>()).ToArray();
        for (var round = -2; round < Rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                var seconds = Seconds(texts, contestants[i].Encode);
                if (round >= 0)
                {
                    times[i].Add(seconds);
                }
            }
        }

        Console.WriteLine($"{"",-20} {"ms",8} {"M ids/s",8} {"/library",8} {"bytes/text",10} {"of them ids",11}");
        for (var i = 0; i < contestants.Length; i++)
        {
            var median = Median.Of(times[i]);
            var ids = texts.Sum(text => (long)contestants[i].Encode(text));
            Console.WriteLine($"{contestants[i].Name,-20} {median * 1e3,8:F1} {ids / median / 1e6,8:F2} {Median.Of(times[i].Zip(times[0], (own, library) => own / library)),8:F3} {Bytes(texts, contestants[i].Encode),10:F0} {IdListBytes(texts, contestants[i].Encode),11:F0}");
        }

        return 0;
    }

    private static double Seconds(string[] texts, Func<string, int> encode)
    {
        var start = Environment.CpuUsage.TotalTime;
        foreach (var text in texts)
        {
            encode(text);
        }

        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static double Bytes(string[] texts, Func<string, int> encode)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var text in texts)
        {
            encode(text);
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / texts.Length;
    }

    /// <summary>What lists that grow one id after another to the same counts allocate, and nothing else.</summary>
    private static double IdListBytes(string[] texts, Func<string, int> encode)
    {
        var counts = texts.Select(encode).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var count in counts)
        {
            var list = new List<int>();
            for (var i = 0; i < count; i++)
            {
                list.Add(i);
            }
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / texts.Length;
    }

    private static string ReadText(string line)
    {
        using var document = JsonDocument.Parse(line);
        return $"{document.RootElement.GetProperty("title").GetString()} {document.RootElement.GetProperty("text").GetString()}";
    }
}
