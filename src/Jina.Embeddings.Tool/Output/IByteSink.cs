namespace Jina.Embeddings.Tool.Output;

/// <summary>Receives the bytes of an output.</summary>
internal interface IByteSink
{
    /// <exception cref="CommandException">The bytes cannot be written.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}
