using Google.Protobuf;
using Jina.Extensions.AI.Tokenization.SentencePiece;
using Jina.Fuzzing.Mutations;
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
        held.Write(Model);
        held.Flush();
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
    [InlineData(513)]
    [InlineData(30_000)]
    [InlineData(1_000_000)]
    public void A_piece_that_is_longer_than_any_real_one_is_rejected(int length)
    {
        AssertRejected(
            model => model.Pieces[9].Piece_ = new string('x', length), $"has {length} characters. Expected at most 512.");
        AssertRejected(
            model => model.TrainerSpec.UnkSurface = new string('x', length),
            $"Found an unk_surface of {length} characters. Expected at most 512.");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\u9f98")]
    [InlineData("\ud83d\ude00")]
    public void A_piece_of_the_longest_length_is_found_in_a_text(string unit)
    {
        var piece = string.Concat(Enumerable.Repeat(unit, 512 / unit.Length));
        var tokenizer = Create(model => (model.Pieces[9].Piece_, model.Pieces[9].Score) = ("\u2581" + piece[unit.Length..], 0));

        Assert.Equal([9, 1], tokenizer.Encode(piece[unit.Length..]).Ids);
    }

    [Fact]
    public void A_piece_is_named_without_its_control_characters()
    {
        AssertRejected(
            model => (model.Pieces[9].Piece_, model.Pieces[9].Score) = ("\u001b[31m\u202e\n", float.NaN),
            @"Piece 9, '\u001b[31m\u202e\n', has the score NaN");
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(1_000_000, false)]
    public void A_replacement_that_is_longer_than_any_real_one_is_rejected(int length, bool accepted)
    {
        var model = Read();
        model.NormalizerSpec.PrecompiledCharsmap = CharsmapWriter.Write([("q", new string('x', length)), ("z", "zz")]);
        if (!accepted)
        {
            AssertRejected(model.ToByteArray(), "a replacement has more than 128 bytes");
            return;
        }

        var tokenizer = Create(model.ToByteArray());
        var expected = Create(other => other.NormalizerSpec.PrecompiledCharsmap = ByteString.Empty);

        Assert.Equal(expected.Encode(new string('x', 3 * length)).Ids, tokenizer.Encode("qqq").Ids);
        Assert.Equal(expected.Encode("azz").Ids, tokenizer.Encode("az").Ids);
    }

    // A search that followed the circle to its end at every position would take minutes.
    [Fact]
    public async Task A_circle_in_the_table_of_replacements_takes_linear_work()
    {
        var tokenizer = Create(model => model.NormalizerSpec.PrecompiledCharsmap = CharsmapWriter.WriteCircle('q'));

        var count = await Task.Run(() => tokenizer.CountTokens(new string('q', 1_000_000)))
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.True(count > 1);
    }

    [Fact]
    public void A_file_that_is_longer_than_any_real_one_is_rejected()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "spiece.model");
        File.WriteAllBytes(path, new byte[(8 << 20) + 1]);

        var exception = Assert.Throws<JinaModelException>(() => T5Tokenizer.Create(path));

        Assert.Contains(
            "The file has 8388609 bytes. A SentencePiece model of at most 8388608", exception.Message, StringComparison.Ordinal);
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
            $"The normalizer's precompiled_charsmap is damaged: its trie and strings do not fit its {length} bytes, or");

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
