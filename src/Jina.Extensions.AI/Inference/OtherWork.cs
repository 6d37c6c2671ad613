namespace Jina.Extensions.AI.Inference;

/// <summary>What there is to do besides a run when it starts.</summary>
/// <param name="Running">The runs under way.</param>
/// <param name="Waiting">The texts that wait.</param>
internal readonly record struct OtherWork(int Running, int Waiting)
{
    /// <summary>Gets whether the run has the machine to itself.</summary>
    public bool IsNone => Running == 0 && Waiting == 0;
}
