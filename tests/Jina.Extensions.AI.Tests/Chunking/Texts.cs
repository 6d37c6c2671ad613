using CsCheck;

namespace Jina.Extensions.AI.Tests.Chunking;

/// <summary>Generates texts for chunkers: prose, Markdown, and any other content of a file.</summary>
internal static class Texts
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (12, Gen.OneOf("wind", "station", "measures", "pressure", "unbelievably", "x", "2026", "-", "#", "naïve", "日本語", "😀")),
        (12, Gen.Const(" ")),
        (3, Gen.OneOf(". ", "! ", "? ", ": ", ".\" ", ", ")),
        (2, Gen.OneOf("\n", "\r\n", "\r", "\t", "   ", "\u00a0")),
        (2, Gen.OneOf("\n\n", "\r\n\r\n", "\n\n## ", "\n- ", "\n\n\n\n")),
        (1, Gen.OneOf("</s>", "<extra_id_0>", "\u0001", "\ufb03", "\ufdfa", "\u0301", "Donaudampfschifffahrtsgesellschaft")),
        (1, Gen.String[0, 8]));

    public static Gen<string> Any { get; } = Piece.Array[0, 400].Select(string.Concat);

    /// <summary>Generates words and single spaces, so that all breaks are equally good.</summary>
    public static Gen<string> Words { get; } = Gen
        .OneOf("wind", "station", "measures", "pressure", "unbelievably", "the", "a", "anemometer")
        .Array[1, 300]
        .Select(words => string.Join(' ', words));
}
