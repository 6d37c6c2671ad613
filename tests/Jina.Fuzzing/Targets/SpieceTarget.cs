using Jina.Extensions.AI;
using Jina.Fuzzing.Mutations;

namespace Jina.Fuzzing.Targets;

/// <summary>Reads spiece.model, and tokenizes texts with the result.</summary>
internal sealed class SpieceTarget : FuzzTarget
{
    private static readonly string[] Texts =
        ["", "The mountain \u3314 e\u0301 \u9f98 of\u0001 words\u3000and </s> 10%", "\ud800x\udfff <extra_id_0>\ufdfa", "  the  "];

    private readonly byte[][] _seeds =
        [TinyModel.SentencePieceModel(withReplacements: false), TinyModel.SentencePieceModel(withReplacements: true)];

    public override string Name => "spiece";

    public override byte[] Make(Random random) => ProtobufMutator.Mutate(random, random.Pick(_seeds), random.Pick(_seeds));

    public override void Read(byte[] input)
    {
        using var stream = new MemoryStream(input);
        var tokenizer = T5Tokenizer.Create(stream);
        foreach (var text in Texts)
        {
            SoundTokens.Check(tokenizer, text);
        }
    }
}
