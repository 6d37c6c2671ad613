using System.Text;
using System.Text.RegularExpressions;

namespace Jina.Fuzzing.Mutations;

/// <summary>Changes the tokens of a JSON text, so that most results are still JSON.</summary>
internal static partial class JsonMutator
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "{}", "[]", "\"\"", "[0]", "{\"a\":1}",
        "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"../../x\"", "\"/etc/passwd\"", "\"C:\\\\x\"",
        "-1", "0", "1", "2", "3", "4", "-0", "0.5", "1e400", "-1e400", "1e-400",
        "2147483647", "2147483648", "4294967296", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e9", "100000000000000000000000000000000000000",
        "NaN", "Infinity", "01", "1.0", "'x'",
        "\"F32\"", "\"F16\"", "\"I8\"", "\"F64\"", "\"t5\"", "\"relu\"", "\"gated-gelu\"", "[0,4]", "[4,0]", "[[1]]",
    ];

    /// <summary>Makes one to four changes, and sometimes writes the text in another encoding.</summary>
    public static byte[] Mutate(Random random, byte[] json)
    {
        var tokens = Token().Matches(Encoding.UTF8.GetString(json)).Select(match => match.Value).ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            Change(random, tokens);
        }

        var text = string.Concat(tokens);
        return random.Next(40) switch
        {
            0 => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            1 => Encoding.Unicode.GetBytes(text),
            2 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            3 => Encoding.Latin1.GetBytes(text.Replace('a', '\u00e4')),
            4 => Encoding.UTF8.GetBytes(text + text),
            5 => Encoding.UTF8.GetBytes(text[..random.Next(text.Length + 1)]),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private static void Change(Random random, List<string> tokens)
    {
        if (tokens.Count == 0)
        {
            tokens.Add(random.Pick(Values));
        }

        var at = random.Next(tokens.Count);
        switch (random.Next(16))
        {
            case 0: tokens.RemoveAt(at); break;
            case 1:
                (tokens[at], var other) = (tokens[random.Next(tokens.Count)], tokens[at]);
                tokens[random.Next(tokens.Count)] = other;
                break;
            case 2 or 3: RepeatMember(random, tokens, at); break;
            case 4: ReplaceValue(tokens, at, Nested(random.Pick([10, 61, 62, 63, 64, 1000, 100_000]))); break;
            case 5 or 6: ReplaceValue(tokens, at, $"{random.Edge()}"); break;
            case 7: ReplaceValue(tokens, at, $"\"{new string('x', random.Pick([1, 100, 70_000]))}\""); break;
            case 8: ReplaceValue(tokens, at, tokens[random.Next(tokens.Count)]); break;
            default: ReplaceValue(tokens, at, random.Pick(Values)); break;
        }
    }

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));

    private static void ReplaceValue(List<string> tokens, int from, string value)
    {
        // A text before a colon is a name. Names are changed by the mutations without knowledge of the structure.
        var at = tokens.FindIndex(from, token => token[0] is '"' or '-' or >= 'a' and <= 'z' or >= '0' and <= '9');
        while (at >= 0 && at + 1 < tokens.Count && tokens[at + 1] == ":")
        {
            at += 2;
            at = tokens[Math.Min(at, tokens.Count - 1)] is "{" or "["
                ? tokens.FindIndex(at, token => token[0] is '"' or '-' or >= '0' and <= '9')
                : at;
        }

        if (at >= 0 && at < tokens.Count)
        {
            tokens[at] = value;
        }
    }

    // Repeats the text between two commas: a member or an item.
    private static void RepeatMember(Random random, List<string> tokens, int from)
    {
        var start = tokens.FindIndex(from, token => token == ",");
        var end = start < 0 ? -1 : tokens.FindIndex(start + 1, token => token is "," or "}" or "]");
        if (end > 0)
        {
            var member = tokens.GetRange(start, end - start);
            tokens.InsertRange(end, random.Chance(0.5) ? member : [.. member, .. member]);
        }
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|[-+.0-9eE]+|[A-Za-z]+|\s+|.
        """, RegexOptions.Singleline)]
    private static partial Regex Token();
}
