using System.Diagnostics;
using System.Text;
using Jina.Extensions.AI;

namespace Jina.Benchmarks.Tokenizer;

/// <summary>Measures texts without spaces, without known characters or with only special characters, at increasing lengths.</summary>
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
        Console.WriteLine($"{"milliseconds",-28} {"whole, 1/4 MB",14} {"whole, 1 MB",14} {"offsets, 1 MB",14} {"512 IDs, 1 MB",14}");
        foreach (var (name, pattern) in Patterns)
        {
            var text = new StringBuilder().Insert(0, pattern, Megabyte / pattern.Length).ToString();
            var quarter = Milliseconds(() => tokenizer.Encode(text[..(Megabyte / 4)], int.MaxValue));
            var whole = Milliseconds(() => tokenizer.Encode(text, int.MaxValue));
            var offsets = Milliseconds(() => tokenizer.EncodeToTokens(text, out _));
            var truncated = Milliseconds(() => tokenizer.Encode(text));
            Console.WriteLine($"{name,-28} {quarter,14:F1} {whole,14:F1} {offsets,14:F1} {truncated,14:F1}");
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
