using Jina.Extensions.AI;
using static Jina.Fuzzing.Runs.WrongStructureException;

namespace Jina.Fuzzing.Targets;

/// <summary>What must hold of a tokenizer and any text.</summary>
internal static class SoundTokens
{
    private const int FewTokens = 8;

    public static void Check(T5Tokenizer tokenizer, string text)
    {
        var ids = tokenizer.Encode(text, int.MaxValue).Ids;
        ThrowUnless(ids.All(id => id >= 0 && id < tokenizer.VocabularySize), "an id is out of range");
        ThrowUnless(ids[^1] == tokenizer.EndOfSequenceId, "the end token is missing");
        ThrowUnless(tokenizer.CountTokens(text) == ids.Count, "the count is not that of the ids");
        ThrowUnless(tokenizer.EncodeToIds(text).SequenceEqual(ids), "the library's way gives other ids");

        var tokens = tokenizer.EncodeToTokens(text, out _);
        ThrowUnless(tokens.Select(token => token.Id).SequenceEqual(ids), "the tokens have other ids");
        var last = 0;
        foreach (var (start, end) in tokens.Select(token => (token.Offset.Start.Value, token.Offset.End.Value)))
        {
            ThrowUnless(start >= last && end >= start && end <= text.Length, $"a token has the offsets {start} to {end} after {last}, of {text.Length}");
            ThrowUnless(!Splits(text, start) && !Splits(text, end), $"a token begins or ends inside a surrogate pair ({start} to {end})");
            last = start;
        }

        var few = tokenizer.Encode(text, FewTokens);
        ThrowUnless(few.Ids.Count <= FewTokens && few.Truncated == (ids.Count > FewTokens), "the cut text is not what it should be");
        ThrowUnless(few.Ids.SkipLast(1).SequenceEqual(ids.Take(few.Ids.Count - 1)), "the cut text has other ids");
        ThrowUnless(tokenizer.GetIndexByTokenCount(text, FewTokens, out _, out _) <= text.Length, "the index lies outside of the text");
        _ = tokenizer.Decode(ids);
    }

    private static bool Splits(string text, int at) =>
        at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);
}
