using CsCheck;

namespace Jina.Extensions.AI.Tests.Tokenization;

/// <summary>Generates texts of parts that the tokenizer has special rules for.</summary>
internal static class HardText
{
    private static readonly Gen<string> Part = Gen.Frequency(
        (6, Of("the", "river", " mountain", "ing", "über", "model.", "2017", "(one)", "x")),
        (4, Of(" ", "  ", "\n", "\t", "\u00a0", "\u2581", "\u200b", "\u3000")),
        (2, Of("</s>", "<pad>", "<unk>", "<extra_id_0>", "<extra_id_10>", "<", "</", "<extra_id_")),
        (2, Of("龘", "鬱", "\U00020000", "\U0001F469\u200d\U0001F4BB", "\ue000", "\0")),
        (2, Of("\u0001", "\u007f", "\u00ad", "\ufeff", "\ud800", "\udc00", "\ufffd")),
        (2, Of("㌔", "\ufdfa", "ﬁ", "e\u0301", "\u0301", "…", "½", "가", "\u1100\u1161")),
        (2, Of("THE", "İSTANBUL", "I\u0307", "STRAẞE", "ŉ", "ǅ", "ΐ", "\u0390\u0345", "\u212a", "\u212b", "ΣΟΣ", "ĲSSEL", "\U00010400")),
        (2, Gen.Char.Select(value => value.ToString())));

    public static Gen<string> Texts { get; } = Part.Array[0, 40].Select(string.Concat);

    /// <summary>Generates the number of repetitions of a text: mostly 1, sometimes more than any window.</summary>
    public static Gen<int> Repeats { get; } = Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[2, 40]));

    private static Gen<string> Of(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
