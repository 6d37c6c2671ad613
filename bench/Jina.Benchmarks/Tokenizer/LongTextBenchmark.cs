using System.Diagnostics;
using System.Text;
using Jina.Extensions.AI;

namespace Jina.Benchmarks.Tokenizer;

/// <summary>Times texts that have no spaces, no known characters or nothing else, at growing lengths.</summary>
internal static class LongTextBenchmark
{
    private const int Megabyte = 1 << 20;

    private static readonly (string Name, string Pattern)[] Patterns =
    [
        ("one word of a", "a"),
        ("one word of mixed letters", "antidisestablishmentarianism"),
        ("unknown characters", "龘"),
        ("less-than signs", "<"),
        ("broken extra ids", "<extra_id_0"),
        ("end tokens", "</s>"),
        ("combining marks", "\u0301"),
        ("letters with marks", "e\u0301\u0323"),
        ("spaces", " "),
        ("U+2581", "\u2581"),
        ("lone surrogates", "\ud800"),
        ("words", "word "),
        ("one-sign expansions", "\ufdfa"),
    ];

    public static int Run(string model)
    {
        var tokenizer = T5Tokenizer.Create(model);
        tokenizer.Encode("warm up");
        Console.WriteLine($"{"milliseconds",-28} {"whole, 1/4 MB",14} {"whole, 1 MB",14} {"offsets, 1 MB",14} {"512 ids, 1 MB",14}");
        foreach (var (name, pattern) in Patterns)
        {
            var text = new StringBuilder().Insert(0, pattern, Megabyte / pattern.Length).ToString();
            Console.WriteLine($"{name,-28} {Milliseconds(() => tokenizer.Encode(text[..(Megabyte / 4)], int.MaxValue)),14:F1} {Milliseconds(() => tokenizer.Encode(text, int.MaxValue)),14:F1} {Milliseconds(() => tokenizer.EncodeToTokens(text, out _)),14:F1} {Milliseconds(() => tokenizer.Encode(text)),14:F1}");
        }

        return 0;
    }

    private static double Milliseconds<T>(Func<T> action)
    {
        action();
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
