using System.Text.Json;

namespace Jina.Extensions.AI.Tests.Tokenization;

/// <summary>Represents a line of a golden file. tools/tokenizer-oracle/golden.py documents its fields.</summary>
internal sealed record GoldenText(string Text, int[] Ids, int[] Offsets, string Decoded, int[] Special)
{
    public static IEnumerable<GoldenText> Read(string file) =>
        File.ReadLines(UnigramFixture.Path(file)).Select(Parse);

    private static GoldenText Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var ids = Numbers(root.GetProperty("ids"));
        return new GoldenText(
            root.GetProperty("text").GetString()!,
            ids,
            Numbers(root.GetProperty("offsets")),
            root.GetProperty("decoded").GetString()!,
            root.TryGetProperty("special", out var special) ? Numbers(special) : ids);
    }

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];
}
