using Google.Protobuf;
using Jina.Extensions.AI.Tokenization.SentencePiece;
using Jina.Testing;
using PieceType = Jina.Extensions.AI.Tokenization.SentencePiece.ModelProto.Types.Piece.Types.Type;

namespace Jina.Extensions.AI.Tests.Tokenization;

public sealed class SentencePieceModelFileTests
{
    private static readonly byte[] Model = File.ReadAllBytes(UnigramFixture.ModelPath);

    [Fact]
    public void The_message_for_a_missing_file_contains_its_path()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "spiece.model");
        var exception = Assert.Throws<JinaModelException>(() => T5Tokenizer.Create(path));
        Assert.Equal(path, exception.ModelPath);
        Assert.Equal(
            $"{path}: The file is missing. Expected T5's SentencePiece model. Copy the model's spiece.model to this path.",
            exception.Message);
    }

    [Fact]
    public void The_message_for_an_unreadable_file_contains_its_path()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "spiece.model");
        using var held = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        var exception = Assert.Throws<JinaModelException>(() => T5Tokenizer.Create(path));
        Assert.Equal(path, exception.ModelPath);
        Assert.StartsWith($"{path}: The file cannot be read (", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_for_a_damaged_file_contains_its_path()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "spiece.model");
        File.WriteAllBytes(path, Model[..1000]);
        var exception = Assert.Throws<JinaModelException>(() => T5Tokenizer.Create(path));
        Assert.StartsWith($"{path}: Not a complete SentencePiece model:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_rejected() =>
        AssertRejected([], "Found 0 pieces, no trainer_spec and no normalizer_spec");

    [Theory]
    [InlineData(TrainerSpec.Types.ModelType.Bpe)]
    [InlineData(TrainerSpec.Types.ModelType.Word)]
    [InlineData(TrainerSpec.Types.ModelType.Char)]
    internal void A_model_of_another_type_is_rejected(TrainerSpec.Types.ModelType type) =>
        AssertRejected(model => model.TrainerSpec.ModelType = type, $"of type {type}. Expected Unigram");

    [Fact]
    public void Settings_for_spaces_and_bytes_that_T5_does_not_use_are_rejected()
    {
        AssertRejected(model => model.TrainerSpec.TreatWhitespaceAsSuffix = true, "treat_whitespace_as_suffix True");
        AssertRejected(model => model.TrainerSpec.ByteFallback = true, "byte_fallback True");
        AssertRejected(model => model.NormalizerSpec.EscapeWhitespaces = false, "escape_whitespaces False");
    }

    [Fact]
    public void Invalid_ids_of_special_pieces_are_rejected()
    {
        AssertRejected(model => model.TrainerSpec.UnkId = -1, "Found unk_id -1.");
        AssertRejected(model => model.TrainerSpec.UnkId = 5, "Found unk_id 5.");
        AssertRejected(model => model.TrainerSpec.EosId = -1, "Found eos_id -1.");
        AssertRejected(model => model.TrainerSpec.EosId = 1_000_000, "Found eos_id 1000000.");
        AssertRejected(model => model.TrainerSpec.PadId = 1_000_000, "Found pad_id 1000000.");
        AssertRejected(model => model.TrainerSpec.BosId = 7, "Found bos_id 7.");
    }

    [Fact]
    public void Invalid_pieces_are_rejected()
    {
        AssertRejected(model => model.Pieces[9].Piece_ = string.Empty, "Piece 9, '', is empty");
        AssertRejected(model => model.Pieces[9].Piece_ = model.Pieces[8].Piece_, "occurs twice");
        AssertRejected(model => model.Pieces[9].Piece_ = "a\0b", "contains a NUL");
        AssertRejected(model => model.Pieces[9].Score = float.NaN, "has the score NaN");
        AssertRejected(model => model.Pieces[9].Type = PieceType.UserDefined, "is of type UserDefined");
        AssertRejected(model => model.Pieces[9].Type = PieceType.Byte, "is of type Byte");
        AssertRejected(model => model.Pieces[9].Type = PieceType.Unused, "is of type Unused");
        AssertRejected(model => model.Pieces[9].Type = PieceType.Unknown, "is of type Unknown");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_truncated_table_of_replacements_is_rejected(int length) =>
        AssertRejected(
            model =>
            {
                var table = model.NormalizerSpec.PrecompiledCharsmap.Span[..length];
                model.NormalizerSpec.PrecompiledCharsmap = ByteString.CopyFrom(table);
            },
            $"The normalizer's precompiled_charsmap is damaged: its trie and strings do not fit its {length} bytes.");

    [Fact]
    public void A_model_without_replacements_keeps_every_character()
    {
        var tokenizer = Create(model => model.NormalizerSpec.PrecompiledCharsmap = ByteString.Empty);
        Assert.Contains(2, tokenizer.Encode("a\u0001").Ids);
        Assert.Equal(UnigramFixture.Tokenizer.Encode("the river").Ids, tokenizer.Encode("the  river").Ids);
    }

    [Fact]
    public void Spaces_are_kept_if_the_model_says_so()
    {
        var tokenizer = Create(model =>
        {
            model.NormalizerSpec.AddDummyPrefix = false;
            model.NormalizerSpec.RemoveExtraWhitespaces = false;
        });
        var space = Array.IndexOf([.. Read().Pieces.Select(piece => piece.Piece_)], "\u2581");
        Assert.Equal([space, space, 1], tokenizer.Encode("  ").Ids);
        var pieces = tokenizer.EncodeToTokens("x ", out _).SkipLast(1).Select(token => token.Value);
        Assert.Equal("x ", string.Concat(pieces).Replace('\u2581', ' '));
    }

    [Fact]
    public void A_file_with_flipped_bytes_is_read_or_rejected()
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
                // Rejecting the file with this exception is also correct.
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

    private static void AssertRejected(Action<ModelProto> change, string expected)
    {
        var model = Read();
        change(model);
        AssertRejected(model.ToByteArray(), expected);
    }

    private static void AssertRejected(byte[] model, string expected)
    {
        var exception = Assert.Throws<JinaModelException>(() => Create(model));
        Assert.Equal("spiece.model", exception.ModelPath);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Use the spiece.model of the T5 model. If the file may be damaged, download it again.",
            exception.Message,
            StringComparison.Ordinal);
    }
}
