using Jina.Extensions.AI;
using static Jina.Fuzzing.Runs.WrongStructureException;

namespace Jina.Fuzzing.Targets;

/// <summary>Checks the properties of a tokenizer for any text.</summary>
internal static class SoundTokens
{
    private const int FewTokens = 8;

    public static void Check(T5Tokenizer tokenizer, string text)
    {
        var ids = tokenizer.Encode(text, int.MaxValue).Ids;
        ThrowUnless(ids.All(id => id >= 0 && id < tokenizer.VocabularySize), "an ID is out of range");
        ThrowUnless(ids[^1] == tokenizer.EndOfSequenceId, "the end token is missing");
        ThrowUnless(tokenizer.CountTokens(text) == ids.Count, "the count differs from the number of IDs");
        ThrowUnless(tokenizer.EncodeToIds(text).SequenceEqual(ids), "EncodeToIds returns other IDs");

        var tokens = tokenizer.EncodeToTokens(text, out _);
        ThrowUnless(tokens.Select(token => token.Id).SequenceEqual(ids), "the tokens have other IDs");
        var last = 0;
        foreach (var (start, end) in tokens.Select(token => (token.Offset.Start.Value, token.Offset.End.Value)))
        {
            ThrowUnless(
                start >= last && end >= start && end <= text.Length,
                $"a token has the offsets {start} to {end} after {last}, of {text.Length}");
            ThrowUnless(!Splits(text, start) && !Splits(text, end), $"a token begins or ends inside a surrogate pair ({start} to {end})");
            last = start;
        }

        var few = tokenizer.Encode(text, FewTokens);
        ThrowUnless(few.Ids.Count <= FewTokens && few.Truncated == (ids.Count > FewTokens), "the truncated text is wrong");
        ThrowUnless(few.Ids.SkipLast(1).SequenceEqual(ids.Take(few.Ids.Count - 1)), "the truncated text has other IDs");
        ThrowUnless(tokenizer.GetIndexByTokenCount(text, FewTokens, out _, out _) <= text.Length, "the index is outside the text");
        _ = tokenizer.Decode(ids);
    }

    private static bool Splits(string text, int at) =>
        at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);
}
