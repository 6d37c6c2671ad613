namespace Jina.Fuzzing.Runs;

/// <summary>What became of an input.</summary>
internal enum Outcome
{
    /// <summary>It was read, and what was read from it is sound.</summary>
    Accepted,

    /// <summary>It was refused with the one exception that is meant for it.</summary>
    Refused,

    /// <summary>Another exception came, the process died, or something unsound was read.</summary>
    Failed,
}
