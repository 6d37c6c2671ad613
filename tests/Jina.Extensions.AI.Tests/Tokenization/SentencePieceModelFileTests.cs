using Google.Protobuf;
using Jina.Extensions.AI.Tokenization.SentencePiece;
using Jina.Testing;
using PieceType = Jina.Extensions.AI.Tokenization.SentencePiece.ModelProto.Types.Piece.Types.Type;

namespace Jina.Extensions.AI.Tests.Tokenization;

public sealed class SentencePieceModelFileTests
{
    private static readonly byte[] Model = File.ReadAllBytes(UnigramFixture.ModelPath);

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "spiece.model");
        var exception = Assert.Throws<JinaModelException>(() => T5Tokenizer.Create(path));
        Assert.Equal(path, exception.Path);
        Assert.Equal($"{path}: The file is missing; expected T5's SentencePiece model. Copy the model's spiece.model there.", exception.Message);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "spiece.model");
        using var held = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        var exception = Assert.Throws<JinaModelException>(() => T5Tokenizer.Create(path));
        Assert.Equal(path, exception.Path);
        Assert.StartsWith($"{path}: the file cannot be read (", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "spiece.model");
        File.WriteAllBytes(path, Model[..1000]);
        var exception = Assert.Throws<JinaModelException>(() => T5Tokenizer.Create(path));
        Assert.StartsWith($"{path}: This is not a whole SentencePiece model:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_refused() =>
        AssertRefused([], "Found 0 pieces, no trainer_spec and no normalizer_spec");

    [Theory]
    [InlineData(TrainerSpec.Types.ModelType.Bpe)]
    [InlineData(TrainerSpec.Types.ModelType.Word)]
    [InlineData(TrainerSpec.Types.ModelType.Char)]
    internal void A_model_of_another_type_is_refused(TrainerSpec.Types.ModelType type) =>
        AssertRefused(model => model.TrainerSpec.ModelType = type, $"of type {type}; T5 uses Unigram");

    [Fact]
    public void Ways_of_reading_spaces_and_bytes_that_T5_does_not_use_are_refused()
    {
        AssertRefused(model => model.TrainerSpec.TreatWhitespaceAsSuffix = true, "treat_whitespace_as_suffix True");
        AssertRefused(model => model.TrainerSpec.ByteFallback = true, "byte_fallback True");
        AssertRefused(model => model.NormalizerSpec.EscapeWhitespaces = false, "escape_whitespaces False");
    }

    [Fact]
    public void Ids_of_special_pieces_that_do_not_fit_are_refused()
    {
        AssertRefused(model => model.TrainerSpec.UnkId = -1, "Found unk_id -1;");
        AssertRefused(model => model.TrainerSpec.UnkId = 5, "Found unk_id 5;");
        AssertRefused(model => model.TrainerSpec.EosId = -1, "Found eos_id -1;");
        AssertRefused(model => model.TrainerSpec.EosId = 1_000_000, "Found eos_id 1000000;");
        AssertRefused(model => model.TrainerSpec.PadId = 1_000_000, "Found pad_id 1000000;");
        AssertRefused(model => model.TrainerSpec.BosId = 7, "Found bos_id 7;");
    }

    [Fact]
    public void Pieces_that_do_not_fit_are_refused()
    {
        AssertRefused(model => model.Pieces[9].Piece_ = string.Empty, "Piece 9, '', is empty");
        AssertRefused(model => model.Pieces[9].Piece_ = model.Pieces[8].Piece_, "occurs twice");
        AssertRefused(model => model.Pieces[9].Piece_ = "a\0b", "holds a NUL");
        AssertRefused(model => model.Pieces[9].Score = float.NaN, "has the score NaN");
        AssertRefused(model => model.Pieces[9].Type = PieceType.UserDefined, "is of type UserDefined");
        AssertRefused(model => model.Pieces[9].Type = PieceType.Byte, "is of type Byte");
        AssertRefused(model => model.Pieces[9].Type = PieceType.Unused, "is of type Unused");
        AssertRefused(model => model.Pieces[9].Type = PieceType.Unknown, "is of type Unknown");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_cut_table_of_replacements_is_refused(int length) =>
        AssertRefused(
            model => model.NormalizerSpec.PrecompiledCharsmap = ByteString.CopyFrom(model.NormalizerSpec.PrecompiledCharsmap.Span[..length]),
            $"The normaliser's precompiled_charsmap is damaged: its trie and strings do not fit its {length} bytes.");

    [Fact]
    public void A_model_without_replacements_keeps_every_character()
    {
        var tokenizer = Create(model => model.NormalizerSpec.PrecompiledCharsmap = ByteString.Empty);
        Assert.Contains(2, tokenizer.Encode("a\u0001").Ids);
        Assert.Equal(UnigramFixture.Tokenizer.Encode("the river").Ids, tokenizer.Encode("the  river").Ids);
    }

    [Fact]
    public void Spaces_are_kept_where_the_model_says_so()
    {
        var tokenizer = Create(model =>
        {
            model.NormalizerSpec.AddDummyPrefix = false;
            model.NormalizerSpec.RemoveExtraWhitespaces = false;
        });
        var space = Array.IndexOf([.. Read().Pieces.Select(piece => piece.Piece_)], "\u2581");
        Assert.Equal([space, space, 1], tokenizer.Encode("  ").Ids);
        Assert.Equal("x ", string.Concat(tokenizer.EncodeToTokens("x ", out _).SkipLast(1).Select(token => token.Value)).Replace('\u2581', ' '));
    }

    [Fact]
    public void A_file_with_flipped_bytes_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var damaged = Model.ToArray();
            var start = round % 2 == 0 ? 0 : random.Next(damaged.Length);
            for (var i = 0; i < 4; i++)
            {
                damaged[Math.Min(start + random.Next(30_000), damaged.Length - 1)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                Create(damaged).Encode("The mountain ㌔ é\u0301 龘 of\u0001 words\u3000and </s> 10%");
            }
            catch (JinaModelException)
            {
                // Refused in words: as good as read.
            }
        }
    }

    private static ModelProto Read() => ModelProto.Parser.ParseFrom(Model);

    private static T5Tokenizer Create(Action<ModelProto> change)
    {
        var model = Read();
        change(model);
        return Create(model.ToByteArray());
    }

    private static T5Tokenizer Create(byte[] model)
    {
        using var stream = new MemoryStream(model);
        return T5Tokenizer.Create(stream);
    }

    private static void AssertRefused(Action<ModelProto> change, string expected)
    {
        var model = Read();
        change(model);
        AssertRefused(model.ToByteArray(), expected);
    }

    private static void AssertRefused(byte[] model, string expected)
    {
        var exception = Assert.Throws<JinaModelException>(() => Create(model));
        Assert.Equal("spiece.model", exception.Path);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Use the spiece.model that comes with the T5 model, downloaded again if need be.", exception.Message, StringComparison.Ordinal);
    }
}
