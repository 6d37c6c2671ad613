namespace Jina.Extensions.AI.Checkpoints;

/// <summary>A published model folder, understood but not loaded.</summary>
/// <param name="Folder">The absolute path of the folder.</param>
/// <param name="Config">The encoder's numbers, already checked against the shapes of <paramref name="Tensors"/>.</param>
/// <param name="Pipeline">What follows the encoder.</param>
/// <param name="Tensors">The encoder's weights by state-dict name; decoder weights may be among them and are ignored.</param>
internal sealed partial record Checkpoint(
    string Folder,
    T5Config Config,
    SentencePipeline Pipeline,
    IReadOnlyDictionary<string, TensorEntry> Tensors)
{
    /// <summary>Gets the token embedding table [vocabulary, hidden], which T5 saves under either of two names.</summary>
    public TensorEntry Embedding => Tensors.GetValueOrDefault("shared.weight") ?? Tensors["encoder.embed_tokens.weight"];
}
