namespace Jina.Extensions.AI;

/// <summary>How far a generator's model is.</summary>
public enum JinaModelState
{
    /// <summary>Nothing has asked for it yet, or the generator is disposed.</summary>
    NotLoaded,

    /// <summary>It is being downloaded or loaded.</summary>
    Loading,

    /// <summary>It is loaded.</summary>
    Ready,

    /// <summary>The last load failed; the next call tries again.</summary>
    Failed,
}
