using CsCheck;
using Jina.Extensions.AI.Tokenization;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI.Tests.Tokenization;

public sealed class UnigramSearchTests
{
    // A second trainer_spec with bos_id = 0, which protobuf merges into the first one. The library cannot open a model without a bos_id.
    private static readonly byte[] BosIdZero = [0x12, 0x03, 0xC8, 0x02, 0x00];

    private static readonly byte[] Model = File.ReadAllBytes(UnigramFixture.ModelPath);
    private static readonly UnigramSearch Search = SentencePieceModelFile.Read(UnigramFixture.ModelPath, Model).CreateSearch();

    [Fact]
    public void Ids_of_hard_texts_equal_those_of_another_implementation()
    {
        var library = OpenLibrary();
        HardText.Texts.Select(ToValidUtf16).Where(text => text.Length > 0).Sample(
            text => Assert.Equal(library.EncodeToIds(text, false, false, considerNormalization: false), Search.Search(text)),
            iter: 2000);
    }

    [Fact]
    public void An_empty_text_has_no_ids() => Assert.Empty(Search.Search(""));

    [Fact]
    public void The_division_with_the_highest_sum_of_scores_is_found() =>
        Assert.Equal([0, 1, 3], Create(("ab", -1), ("c", -1), ("abc", -3), ("d", -1)).Search("abcd"));

    [Fact]
    public void Of_two_equal_sums_the_one_with_the_longer_last_piece_is_kept() =>
        Assert.Equal([0, 3], Create(("a", -1), ("ab", -1), ("c", -1), ("bc", -1)).Search("abc"));

    [Fact]
    public void A_character_that_is_not_a_piece_is_unknown_also_if_it_has_two_chars() =>
        Assert.Equal([9, 0, 9], Create(("a", -1), ("\ud83d\ude00b", -1)).Search("\ud83d\ude00a\u9f98"));

    // An unknown character costs 10 more than the worst piece, which has -5, and "a" costs 1 in addition.
    [Theory]
    [InlineData(-15.5f, 2)]
    [InlineData(-16.5f, 9, 0)]
    public void The_score_of_an_unknown_character_is_ten_below_the_lowest(float score, params int[] expected) =>
        Assert.Equal(expected, Create(lowest: -5, ("a", -1), ("b", -5), ("xa", score)).Search("xa"));

    private static UnigramSearch Create(params (string Piece, float Score)[] pieces) =>
        Create(pieces.Min(piece => piece.Score), pieces);

    private static UnigramSearch Create(float lowest, params (string Piece, float Score)[] pieces) => new(
        new PieceIndex([.. pieces.Select(piece => piece.Piece)]), [.. pieces.Select(piece => piece.Score)], unknownId: 9, lowest);

    private static SentencePieceTokenizer OpenLibrary()
    {
        using var stream = new MemoryStream([.. Model, .. BosIdZero]);
        return SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
    }

    private static string ToValidUtf16(string text) => string.Concat(text.EnumerateRunes());
}
