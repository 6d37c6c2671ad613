namespace Jina.Embeddings.Tool.Output;

/// <summary>Represents how far the work on the texts is.</summary>
/// <param name="Records">The texts that were embedded.</param>
/// <param name="Tokens">The tokens of these texts.</param>
/// <param name="Bytes">The bytes of the input up to the last of them.</param>
/// <param name="TotalBytes">The size of the input in bytes, or <see langword="null"/> if it is unknown.</param>
internal readonly record struct EmbedProgress(long Records, long Tokens, long Bytes, long? TotalBytes);

/// <summary>Reports how far the work on the texts is.</summary>
internal interface IEmbedProgressReport : IDisposable
{
    void Report(EmbedProgress progress);

    /// <summary>Reports the end of the work.</summary>
    void Complete(EmbedProgress progress);
}

/// <summary>Reports nothing.</summary>
internal sealed class NoProgress : IEmbedProgressReport
{
    public void Report(EmbedProgress progress)
    {
    }

    public void Complete(EmbedProgress progress)
    {
    }

    public void Dispose()
    {
    }
}
