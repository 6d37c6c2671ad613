namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>What sentence-transformers' <c>modules.json</c> lays behind the encoder.</summary>
/// <param name="MaxTokens">The longest input in ids, <c>&lt;/s&gt;</c> included.</param>
/// <param name="Normalize">Whether a Normalize module makes the checkpoint's own vectors unit length.</param>
/// <param name="Dense">The weight of a bias-free Dense module after pooling ([out, in]), or null.</param>
internal sealed record SentencePipeline(int MaxTokens, bool Normalize, TensorEntry? Dense)
{
    /// <summary>Reads a folder whose encoder may be none of ours (an ONNX export), so that not even config.json is sure.</summary>
    public static SentencePipeline Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        var config = JsonFile.OpenIfPresent(Path.Combine(folder, Checkpoint.ConfigName));
        return SentencePipelineReader.Read(folder, config, config?.PositiveInteger("d_model"));
    }
}
