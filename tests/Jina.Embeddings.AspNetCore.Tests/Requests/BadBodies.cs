using System.Text;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

/// <summary>Represents a body that must be rejected.</summary>
/// <param name="Text">The body.</param>
/// <param name="Field">The field at fault. If <see langword="null"/>, the rejection can name any field.</param>
/// <param name="IsJina">Whether the body has something that only Jina's interface has.</param>
internal sealed record BadBody(string Text, string? Field = null, bool IsJina = false);

/// <summary>Lists bodies that are not valid requests.</summary>
internal static class BadBodies
{
    /// <summary>Values that a field must reject, unless they are listed in <see cref="Accepted"/>.</summary>
    private static readonly string[] Values =
    [
        "true", "false", "7", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"x\"",
        "[]", "{}", "[null]", "[[]]", "[{}]", "[1.5]", "{\"a\": 1}",
    ];

    private static readonly Dictionary<string, string[]> Accepted = new()
    {
        ["input"] = ["\"\"", "\"x\""],
        ["model"] = ["\"\"", "\"x\""],
        ["user"] = ["\"\"", "\"x\""],
        ["task"] = ["\"\"", "\"x\""],
        ["dimensions"] = [],
        ["encoding_format"] = [],
        ["embedding_type"] = [],
        ["encoding_type"] = [],
        ["normalized"] = ["true", "false"],
        ["truncate"] = ["true", "false"],
        ["late_chunking"] = ["true", "false"],
        ["return_multivector"] = ["false"],
    };

    private static readonly string[] JinaOnlyFields =
        ["embedding_type", "encoding_type", "normalized", "truncate", "task", "late_chunking", "return_multivector"];

    private static readonly string[] Inputs =
    [
        "null", "[null, \"x\"]", "[\"x\", null]", "[\"x\", 1]", "[\"x\", [1]]", "[1, \"x\"]", "[1, [2]]", "[[1], 2]", "[[1], \"x\"]",
        "[[1], []]", "[[1, \"x\"]]", "[[[1]]]", "[[1], [[2]]]", "[1, null]", "[1, 99999999999]", "[[1, 1.5]]", "[true]", "[\"x\", true]",
        "[\"x\", {}]", "{\"text\": 1}", "{\"text\": null}", "{\"text\": [\"x\"]}", "{\"text\": {\"text\": \"x\"}}",
        "{\"text\": \"x\", \"text\": \"x\"}", "{\"text\": \"x\", \"image\": \"y\"}", "[{\"image\": \"https://example.com/a.png\"}]",
        "[{\"text\": \"x\"}, {\"text\": 1}]", "[{\"text\": \"x\"}, 1]",
    ];

    private static readonly string[] UnknownNames =
    [
        "inputs", "Input", "INPUT", "embedding_types", "dimension", "truncation", "normalize", "stream", "", "a b",
        "\\u0000", "prompt_name",
    ];

    private static readonly (string Name, string Value)[] Duplicates =
    [
        ("input", "\"x\""), ("model", "\"m\""), ("user", "null"), ("dimensions", "256"), ("truncate", "true"), ("task", "\"t\""),
        ("embedding_type", "\"float\""),
    ];

    private static readonly string[] NotJson =
    [
        "", " ", "\n", "null", "true", "7", "\"x\"", "[]", "[{\"input\": \"x\"}]", "{", "}", "{}", "{\"input\"", "{\"input\":",
        "{\"input\": \"x\"", "{\"input\": \"x\",}", "{\"input\": [\"x\"", "{\"input\": [\"x\",]}", "{input: \"x\"}", "{'input': 'x'}",
        "{\"input\": 'x'}", "{\"input\": \"x\"} x", "{\"input\": \"x\"}{\"input\": \"x\"}", "{\"input\": \"x\"}, ", "{\"input\": \"x}",
        "{\"input\": \"\\x\"}", "{\"input\": \"\\u12\"}", "{\"input\": \"\\ud800\"}", "{\"input\": [\"x\", \"\\udc00\\ud800\"]}",
        "{\"input\": \"a\nb\"}", "{\"input\": NaN}", "{\"input\": [01]}", "{\"input\": +1}", "{\"input\": \"x\" /* comment */}",
        "// comment\n{\"input\": \"x\"}", "<xml/>", "input=x", "undefined", "{\"input\" \"x\"}", "{\"input\": \"x\" \"model\": \"m\"}",
        "{{\"input\": \"x\"}}", "{\"\\ud800\": 1}", new string('[', 100_000), new string('{', 100_000),
        $"{{\"input\": {new string('[', 5000)}{new string(']', 5000)}}}",
        $"{{\"input\": {string.Concat(Enumerable.Repeat("{\"text\":", 5000))}",
        $"{{\"input\": \"x\", \"user\": {new string('[', 200)}1{new string(']', 200)}}}",
        new string(' ', 100_000), new string('9', 100_000),
    ];

    /// <summary>Returns bodies that are broken, of the wrong type, or have duplicate fields.</summary>
    public static IEnumerable<BadBody> All() => WrongTypes().Concat(WrongInputs()).Concat(Duplicate()).Concat(Broken());

    /// <summary>Returns bodies that have unknown fields. They are rejected only if the options are strict.</summary>
    public static IEnumerable<BadBody> Unknown()
    {
        foreach (var name in UnknownNames)
        {
            yield return new BadBody($"{{\"input\": \"x\", \"{name}\": 1}}");
            yield return new BadBody($"{{\"{name}\": null, \"input\": \"x\"}}");
        }

        yield return new BadBody($"{{\"input\": \"x\", \"{new string('n', 5000)}\": 1}}");
    }

    /// <summary>Returns bodies that a string cannot represent.</summary>
    public static IEnumerable<byte[]> Bytes()
    {
        yield return [.. "{\"input\": \""u8, 0xff, .. "\"}"u8];
        yield return [.. "{\"input\": \""u8, 0xc3, .. "\"}"u8];
        yield return [.. "{\"input\": \""u8, 0xed, 0xa0, 0x80, .. "\"}"u8];
        yield return [.. "{\"input\": [\"x\", \""u8, 0xf8, 0x88, 0x80, 0x80, 0x80, .. "\"]}"u8];
        yield return [.. "{\""u8, 0xfe, .. "\": 1, \"input\": \"x\"}"u8];
        yield return [0xff, 0xfe, .. Encoding.Unicode.GetBytes("{\"input\": \"x\"}")];
        yield return [.. Encoding.UTF32.GetBytes("{\"input\": \"x\"}")];
        yield return [0xef, 0xbb, 0xbf];
        yield return [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, .. "{\"input\": \"x\"}"u8];
        yield return [0];
        yield return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];
    }

    private static IEnumerable<BadBody> WrongTypes() =>
        from field in Accepted
        from value in Values
        where !field.Value.Contains(value)
        let input = field.Key == "input" ? string.Empty : "\"input\": \"x\", "
        let isJina = JinaOnlyFields.Contains(field.Key) || (field.Key == "input" && HasObject(value))
        select new BadBody($"{{{input}\"{field.Key}\": {value}}}", field.Key, isJina);

    private static IEnumerable<BadBody> WrongInputs() =>
        Inputs.Select(input => new BadBody($"{{\"input\": {input}}}", "input", HasObject(input)));

    private static IEnumerable<BadBody> Duplicate()
    {
        foreach (var (name, value) in Duplicates)
        {
            var body = $"{{\"input\": \"x\", \"{name}\": {value}, \"{name}\": {value}}}";
            yield return new BadBody(body, name, JinaOnlyFields.Contains(name));
        }
    }

    private static IEnumerable<BadBody> Broken() =>
        NotJson.Select(body => new BadBody(body, IsJina: body.StartsWith("{\"input\": {", StringComparison.Ordinal)));

    /// <summary>Determines whether a text is an object, alone or in a list.</summary>
    private static bool HasObject(string input) =>
        input.StartsWith('{') || input.StartsWith("[{", StringComparison.Ordinal) || input.Contains(", {", StringComparison.Ordinal);
}
