using System.Runtime.InteropServices;
using Jina.Extensions.AI;
using Jina.Fuzzing.Mutations;
using Jina.Testing;

namespace Jina.Fuzzing.Targets;

/// <summary>Tokenizes texts, as UTF-16 in the machine's byte order, with the demo model's tokenizer.</summary>
internal sealed class TextTarget : FuzzTarget
{
    private readonly T5Tokenizer _tokenizer = T5Tokenizer.Create(RepositoryFiles.Path("models", "demo-en", "spiece.model"));

    public override string Name => "text";

    /// <inheritdoc/>
    /// <remarks>A text is tokenized seven times, twice with an object and a range per token. Each char can be a token.</remarks>
    public override int AllowedPerByte => 200;

    public override byte[] Make(Random random) => MemoryMarshal.AsBytes(TextMaker.Make(random).AsSpan()).ToArray();

    public override void Read(byte[] input) => SoundTokens.Check(_tokenizer, new string(MemoryMarshal.Cast<byte, char>(input)));
}
