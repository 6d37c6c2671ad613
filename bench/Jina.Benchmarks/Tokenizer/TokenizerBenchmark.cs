using System.Text.Json;
using Jina.Benchmarking;
using Jina.Extensions.AI;
using Microsoft.ML.Tokenizers;

namespace Jina.Benchmarks.Tokenizer;

/// <summary>Compares the tokenizer with that of Microsoft.ML.Tokenizers, on one thread.</summary>
/// <remarks>
/// It measures processor time in rounds of all candidates, so that other programs disturb the comparison least.
/// tools/tokenizer-oracle/time_sentencepiece.py measures SentencePiece in the same way.
/// </remarks>
internal static class TokenizerBenchmark
{
    private const int Rounds = 9;

    // A second trainer_spec with bos_id = 0, which protobuf merges into the first one. The library cannot open a model without a bos_id.
    private static readonly byte[] BosIdZero = [0x12, 0x03, 0xC8, 0x02, 0x00];

    public static int Run(string model, string corpus)
    {
        var texts = File.ReadLines(corpus).Select(ReadText).ToArray();
        var ours = T5Tokenizer.Create(model);
        var library = OpenLibrary(model);
        Console.WriteLine(
            $"{texts.Length} texts, {texts.Average(t => t.Length):F0} characters on average; processor time, median of {Rounds} rounds");

        (string Name, Func<string, int> Encode)[] candidates =
        [
            ("bare library", text => library.EncodeToIds(text, false, false).Count),
            ("ours, whole text", text => ours.Encode(text, int.MaxValue).AsSpan().Length),
            ("ours, 512 tokens", text => ours.Encode(text).AsSpan().Length),
            ("ours, with offsets", text => ours.EncodeToTokens(text, out _).Count),
        ];
        var times = candidates.Select(_ => new List<double>()).ToArray();
        for (var round = -2; round < Rounds; round++)
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                var seconds = Seconds(texts, candidates[i].Encode);
                if (round >= 0)
                {
                    times[i].Add(seconds);
                }
            }
        }

        Console.WriteLine($"{"",-20} {"ms",8} {"M IDs/s",8} {"/library",8} {"bytes/text",10} {"of them IDs",11}");
        for (var i = 0; i < candidates.Length; i++)
        {
            var median = Quantiles.Median(times[i]);
            var ids = texts.Sum(text => (long)candidates[i].Encode(text));
            var ratio = Quantiles.Median(times[i].Zip(times[0], (own, library) => own / library));
            var (bytes, listBytes) = (Bytes(texts, candidates[i].Encode), IdListBytes(texts, candidates[i].Encode));
            Console.WriteLine(
                $"{candidates[i].Name,-20} {median * 1e3,8:F1} {ids / median / 1e6,8:F2} {ratio,8:F3} {bytes,10:F0} {listBytes,11:F0}");
        }

        return 0;
    }

    private static SentencePieceTokenizer OpenLibrary(string model)
    {
        using var stream = new MemoryStream([.. File.ReadAllBytes(model), .. BosIdZero]);
        return SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
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

    /// <summary>Returns the bytes that lists of the same lengths allocate if they grow ID by ID.</summary>
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
