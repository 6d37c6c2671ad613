using System.Text;
using Google.Protobuf;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Tokenization.SentencePiece;
using Jina.Fuzzing.Mutations;

namespace Jina.Fuzzing.Targets;

/// <summary>Tokenizes texts with models whose normalizers make short texts long, or whose tables of replacements have circles.</summary>
internal sealed class ExpansionTarget : FuzzTarget
{
    private const int TextLength = 2000;
    private const string Keys = "qz< \n\u007f";

    private static readonly int[] Lengths = [0, 1, 2, 33, 100, 127, 128, 129, 1000, 100_000, 1_000_000];
    private static readonly string[] Units = ["x", " ", "\u2581", "\ufdfa", "e\u0301", "</s>", "\u9f98", "\ud83d\ude00"];
    private static readonly string[] Texts =
        [.. Keys.Select(key => new string(key, TextLength)), string.Concat(Enumerable.Repeat(Keys, TextLength / Keys.Length))];

    private readonly byte[] _seed = TinyModel.SentencePieceModel(withReplacements: false);

    public override string Name => "expansion";

    /// <inheritdoc/>
    /// <remarks>2,000 characters become up to 256,000, which are searched 14 times.</remarks>
    public override long AllowedBytes => 512L << 20;

    public override byte[] Make(Random random)
    {
        var model = ModelProto.Parser.ParseFrom(_seed);
        var rules = Keys.Where(_ => random.Chance(0.5)).Select(key => ($"{key}", Replacement(random))).ToArray();
        var table = random.Chance(0.1) ? CharsmapWriter.WriteCircle(random.Pick([.. Keys])) : CharsmapWriter.Write(rules);
        model.NormalizerSpec.PrecompiledCharsmap = random.Chance(0.3)
            ? ByteString.CopyFrom(ByteMutator.Mutate(random, table.ToByteArray(), table.ToByteArray()))
            : table;
        model.NormalizerSpec.AddDummyPrefix = random.Chance(0.8);
        model.NormalizerSpec.RemoveExtraWhitespaces = random.Chance(0.8);
        return model.ToByteArray();
    }

    public override void Read(byte[] input)
    {
        using var stream = new MemoryStream(input);
        var tokenizer = T5Tokenizer.Create(stream);
        SoundTokens.Check(tokenizer, Keys);
        foreach (var text in Texts)
        {
            var truncated = tokenizer.Encode(text);
            var count = tokenizer.CountTokens(text);
            Runs.WrongStructureException.ThrowUnless(
                truncated.Ids.Count == Math.Min(count, tokenizer.MaxTokens) && truncated.Truncated == (count > tokenizer.MaxTokens),
                $"{truncated.Ids.Count} IDs were returned for {count} tokens");
        }
    }

    // A few replacements are longer than the limit, and the others are up to it.
    private static string Replacement(Random random)
    {
        var unit = random.Pick(Units);
        var bytes = random.Pick(Lengths[..(random.Chance(0.05) ? Lengths.Length : 7)]);
        return string.Concat(Enumerable.Repeat(unit, bytes / Encoding.UTF8.GetByteCount(unit)));
    }
}
