using System.Globalization;
using System.Text.Json;
using Jina.Benchmarking;
using Jina.Extensions.AI;

namespace Jina.Benchmarks.Encoder;

/// <summary>Writes the texts of bench/peers. The measured texts are those of <c>bench</c>, and all others are different.</summary>
internal static class PeerTexts
{
    private const int Checked = 100;
    private const int Queries = 200;
    private const int QueryTokens = 16;
    private const int TuningTexts = 200;
    private const int TuningQueries = 50;
    private const int WarmUpTexts = 64;

    public static int Run(string model, string folder, int count)
    {
        var tokenizer = T5Tokenizer.Create(Path.Combine(model, "spiece.model"));
        var source = new CountedTexts(tokenizer);
        var texts = MixedLengthTexts.Create(tokenizer, count, source);
        Write("texts", texts);
        Write("checked", texts.Take(Checked));
        Write("queries", NextQueries(Queries));
        Write("first", NextQueries(1));
        Write("warm-up-queries", NextQueries(Queries));
        Write("warm-up", MixedLengthTexts.Create(tokenizer, WarmUpTexts, source));
        Write("tuning-queries", NextQueries(TuningQueries));
        Write("tuning", MixedLengthTexts.Create(tokenizer, TuningTexts, source));
        Write("none", []);
        int[][] ids = [.. texts.Select(text => tokenizer.Encode(text).AsSpan().ToArray())];
        File.WriteAllLines(Path.Combine(folder, "checked-ids.jsonl"), ids.Take(Checked).Select(text => JsonSerializer.Serialize(text)));
        Write("tokens", [ids.Sum(text => text.Length).ToString(CultureInfo.InvariantCulture)]);
        return 0;

        void Write(string name, IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(folder, $"{name}.txt"), lines);

        IEnumerable<string> NextQueries(int number) => [.. Enumerable.Range(0, number).Select(_ => source.Next(QueryTokens))];
    }
}
