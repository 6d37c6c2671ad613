namespace Jina.Embeddings.Tool;

/// <summary>What the process returns; scripts rely on the numbers.</summary>
internal static class ExitCode
{
    /// <summary>All is done, or the reader of the output wants no more.</summary>
    public const int Done = 0;

    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;
}
