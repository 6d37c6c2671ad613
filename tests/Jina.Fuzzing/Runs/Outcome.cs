namespace Jina.Fuzzing.Runs;

/// <summary>Specifies the outcome of reading an input.</summary>
internal enum Outcome
{
    /// <summary>The input was read, and the result is valid.</summary>
    Accepted,

    /// <summary>The input was rejected with a <see cref="Jina.Extensions.AI.JinaModelException"/>.</summary>
    Rejected,

    /// <summary>Another exception was thrown, the process died, or the result is not valid.</summary>
    Failed,
}
