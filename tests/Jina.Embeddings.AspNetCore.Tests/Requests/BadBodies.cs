using System.Text;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

/// <summary>Bodies that are no request, with the field that is at fault where one is.</summary>
internal static class BadBodies
{
    /// <summary>Values that no field but those named takes.</summary>
    private static readonly string[] Values = ["true", "false", "7", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"x\"", "[]", "{}", "[null]", "[[]]", "[{}]", "[1.5]", "{\"a\": 1}"];

    private static readonly Dictionary<string, string[]> Accepted = new()
    {
        ["input"] = ["\"\"", "\"x\""],
        ["model"] = ["\"\"", "\"x\""],
        ["user"] = ["\"\"", "\"x\""],
        ["task"] = ["\"\"", "\"x\""],
        ["dimensions"] = [],
        ["encoding_format"] = [],
        ["embedding_type"] = [],
        ["normalized"] = ["true", "false"],
        ["truncate"] = ["true", "false"],
        ["late_chunking"] = ["false"],
    };

    private static readonly string[] JinasFields = ["embedding_type", "normalized", "truncate", "task", "late_chunking"];

    /// <summary>Broken, of the wrong type, unknown or double.</summary>
    public static IEnumerable<BadBody> All() => WrongTypes().Concat(WrongInputs()).Concat(UnknownOrDouble()).Concat(NoJson());

    /// <summary>Bodies that no string can hold.</summary>
    public static IEnumerable<byte[]> Bytes()
    {
        yield return [.. "{\"input\": \""u8, 0xff, .. "\"}"u8];
        yield return [.. "{\"input\": \""u8, 0xc3, .. "\"}"u8];
        yield return [.. "{\"input\": \""u8, 0xed, 0xa0, 0x80, .. "\"}"u8];
        yield return [.. "{\"input\": [\"x\", \""u8, 0xf8, 0x88, 0x80, 0x80, 0x80, .. "\"]}"u8];
        yield return [.. "{\""u8, 0xfe, .. "\": 1, \"input\": \"x\"}"u8];
        yield return [0xff, 0xfe, .. Encoding.Unicode.GetBytes("{\"input\": \"x\"}")];
        yield return [.. Encoding.UTF32.GetBytes("{\"input\": \"x\"}")];
        yield return [0xef, 0xbb, 0xbf, .. "{\"input\": \"x\"}"u8];
        yield return [0];
        yield return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];
    }

    private static IEnumerable<BadBody> WrongTypes() =>
        from field in Accepted
        from value in Values
        where !field.Value.Contains(value)
        let input = field.Key == "input" ? string.Empty : "\"input\": \"x\", "
        select new BadBody($"{{{input}\"{field.Key}\": {value}}}", field.Key, JinasFields.Contains(field.Key) || (field.Key == "input" && HasObject(value)));

    private static IEnumerable<BadBody> WrongInputs() =>
        from input in new[]
        {
            "null", "[null, \"x\"]", "[\"x\", null]", "[\"x\", 1]", "[\"x\", [1]]", "[1, \"x\"]", "[1, [2]]", "[[1], 2]", "[[1], \"x\"]", "[[1], []]", "[[1, \"x\"]]", "[[[1]]]", "[[1], [[2]]]",
            "[1, null]", "[1, 99999999999]", "[[1, 1.5]]", "[true]", "[\"x\", true]", "[\"x\", {}]", "{\"text\": 1}", "{\"text\": null}", "{\"text\": [\"x\"]}", "{\"text\": {\"text\": \"x\"}}",
            "{\"text\": \"x\", \"text\": \"x\"}", "{\"text\": \"x\", \"image\": \"y\"}", "[{\"image\": \"https://example.com/a.png\"}]", "[{\"text\": \"x\"}, {\"text\": 1}]", "[{\"text\": \"x\"}, 1]",
        }
        select new BadBody($"{{\"input\": {input}}}", "input", HasObject(input));

    private static IEnumerable<BadBody> UnknownOrDouble()
    {
        foreach (var name in new[] { "inputs", "Input", "INPUT", "encoding_type", "embedding_types", "dimension", "truncation", "normalize", "stream", "", "a b", "\\u0000", "prompt_name" })
        {
            yield return new BadBody($"{{\"input\": \"x\", \"{name}\": 1}}");
            yield return new BadBody($"{{\"{name}\": null, \"input\": \"x\"}}");
        }

        yield return new BadBody($"{{\"input\": \"x\", \"{new string('n', 5000)}\": 1}}");
        foreach (var (name, value) in new[] { ("input", "\"x\""), ("model", "\"m\""), ("user", "null"), ("dimensions", "256"), ("truncate", "true"), ("task", "\"t\""), ("embedding_type", "\"float\"") })
        {
            yield return new BadBody($"{{\"input\": \"x\", \"{name}\": {value}, \"{name}\": {value}}}", name, JinasFields.Contains(name));
        }
    }

    private static IEnumerable<BadBody> NoJson() =>
        from body in new[]
        {
            "", " ", "\n", "null", "true", "7", "\"x\"", "[]", "[{\"input\": \"x\"}]", "{", "}", "{}", "{\"input\"", "{\"input\":", "{\"input\": \"x\"", "{\"input\": \"x\",}", "{\"input\": [\"x\"",
            "{\"input\": [\"x\",]}", "{input: \"x\"}", "{'input': 'x'}", "{\"input\": 'x'}", "{\"input\": \"x\"} x", "{\"input\": \"x\"}{\"input\": \"x\"}", "{\"input\": \"x\"}, ", "{\"input\": \"x}",
            "{\"input\": \"\\x\"}", "{\"input\": \"\\u12\"}", "{\"input\": \"\\ud800\"}", "{\"input\": [\"x\", \"\\udc00\\ud800\"]}", "{\"input\": \"a\nb\"}", "{\"input\": NaN}", "{\"input\": [01]}", "{\"input\": +1}",
            "{\"input\": \"x\" /* comment */}", "// comment\n{\"input\": \"x\"}", "<xml/>", "input=x", "undefined", "{\"input\" \"x\"}", "{\"input\": \"x\" \"model\": \"m\"}", "{{\"input\": \"x\"}}",
            "{\"\\ud800\": 1}", new string('[', 100_000), new string('{', 100_000), $"{{\"input\": {new string('[', 5000)}{new string(']', 5000)}}}", $"{{\"input\": {string.Concat(Enumerable.Repeat("{\"text\":", 5000))}",
            $"{{\"input\": \"x\", \"user\": {new string('[', 200)}1{new string(']', 200)}}}", new string(' ', 100_000), new string('9', 100_000),
        }
        select new BadBody(body, IsJinas: body.StartsWith("{\"input\": {", StringComparison.Ordinal));

    /// <summary>A text as an object, in its place or in a list.</summary>
    private static bool HasObject(string input) =>
        input.StartsWith('{') || input.StartsWith("[{", StringComparison.Ordinal) || input.Contains(", {", StringComparison.Ordinal);
}
