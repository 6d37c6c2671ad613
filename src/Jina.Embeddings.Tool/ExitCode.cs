namespace Jina.Embeddings.Tool;

/// <summary>Specifies the exit codes of the process. Scripts rely on the numbers.</summary>
internal static class ExitCode
{
    /// <summary>The command succeeded, or the reader of the output closed the pipe.</summary>
    public const int Done = 0;

    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>
    /// A failure that another attempt may not have: a full disk, or another process that writes the output. The number is EX_TEMPFAIL of
    /// sysexits.h.
    /// </summary>
    public const int TryAgain = 75;

    /// <summary>Ctrl+C, with the number that shells use.</summary>
    public const int Interrupted = 130;
}
