namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>A Python class or function that a pickle mentions; only ever a name here.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
