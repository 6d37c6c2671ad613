using System.Text.Json;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Tokenization;

namespace Jina.Benchmarks.Tokenizer;

/// <summary>Compares the tokenizer's IDs with those of other programs, by category of text.</summary>
/// <remarks>
/// In a tie, the IDs differ but their scores have the same sum, except for single-precision rounding. The order of the
/// additions decides then, and neither result is better.
/// </remarks>
internal sealed class TokenizerComparison
{
    private const double Rounding = 1e-6;
    private const int Shown = 3;

    private readonly double[] _scores;
    private readonly (string Category, string Text)[] _texts;

    private TokenizerComparison(string model, string texts)
    {
        _scores = [.. SentencePieceModelFile.Read(model, File.ReadAllBytes(model)).Proto.Pieces.Select(piece => (double)piece.Score)];
        _texts = [.. File.ReadLines(texts).Select(ReadText)];
    }

    public static int Run(string model, string texts, string sentencePiecePath, string[] huggingFacePaths)
    {
        var comparison = new TokenizerComparison(model, texts);
        var sentencePiece = ReadIds(sentencePiecePath);
        var asText = comparison.Encode(T5Tokenizer.Create(model, new T5TokenizerOptions { SpecialTokensAsText = true }));
        var asTokens = comparison.Encode(T5Tokenizer.Create(model));

        var same = comparison.Print($"ours, with special tokens as text, and {sentencePiecePath}", asText, sentencePiece);
        foreach (var path in huggingFacePaths)
        {
            var huggingFace = ReadIds(path);
            comparison.Print($"ours and {path}", asTokens, huggingFace);
            comparison.Print($"{sentencePiecePath} and {path}", sentencePiece, huggingFace);
            var agreed = Enumerable.Range(0, huggingFace.Length)
                .Where(i => sentencePiece[i].AsSpan().SequenceEqual(huggingFace[i]))
                .ToArray();
            var equal = agreed.Count(i => asTokens[i].AsSpan().SequenceEqual(huggingFace[i]));
            Console.WriteLine($"They agree on {agreed.Length} texts; ours has the same IDs on {equal} of these.");
        }

        return same ? 0 : 1;
    }

    private bool Print(string title, int[][] left, int[][] right)
    {
        var rows = _texts.Select((text, i) => (text.Category, text.Text, Left: left[i], Right: right[i], Kind: Classify(left[i], right[i])))
            .ToArray();
        Console.WriteLine($"\n{title}\n{"category",-20} {"texts",6} {"equal",6} {"ties",6} {"differ",6}");
        foreach (var group in rows.GroupBy(row => row.Category).Append(rows.GroupBy(_ => "all").Single()))
        {
            int Count(Outcome kind) => group.Count(row => row.Kind == kind);
            Console.WriteLine(
                $"{group.Key,-20} {group.Count(),6} {Count(Outcome.Equal),6} {Count(Outcome.Tie),6} {Count(Outcome.Differ),6}");
        }

        var differing = rows.Where(row => row.Kind == Outcome.Differ).ToArray();
        foreach (var row in differing.OrderBy(row => row.Category == "special tokens").ThenBy(row => row.Text.Length).Take(Shown))
        {
            Console.WriteLine($"  {row.Category}: {JsonSerializer.Serialize(row.Text)}\n    {Shorten(row.Left)}\n    {Shorten(row.Right)}");
        }

        return differing.Length == 0;
    }

    private Outcome Classify(int[] left, int[] right)
    {
        if (left.AsSpan().SequenceEqual(right))
        {
            return Outcome.Equal;
        }

        var sameUnknown = left.Count(id => id == 2) == right.Count(id => id == 2);
        var (leftScore, rightScore) = (Score(left), Score(right));
        return sameUnknown && Math.Abs(leftScore - rightScore) <= Rounding * Math.Abs(leftScore) ? Outcome.Tie : Outcome.Differ;
    }

    // Extra IDs have no score.
    private double Score(int[] ids) => ids.Sum(id => id < _scores.Length ? _scores[id] : 0);

    private int[][] Encode(T5Tokenizer tokenizer) =>
        [.. _texts.Select(text => tokenizer.Encode(text.Text, int.MaxValue).AsSpan().ToArray())];

    private static string Shorten(int[] ids) => string.Join(' ', ids.Take(40)) + (ids.Length > 40 ? " …" : "");

    private static (string Category, string Text) ReadText(string line)
    {
        using var document = JsonDocument.Parse(line);
        return (document.RootElement.GetProperty("category").GetString()!, document.RootElement.GetProperty("text").GetString()!);
    }

    private static int[][] ReadIds(string path) =>
        [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<int[]>(line)!)];

    private enum Outcome
    {
        Equal,
        Tie,
        Differ,
    }
}
