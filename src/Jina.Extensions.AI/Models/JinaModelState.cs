namespace Jina.Extensions.AI;

/// <summary>Specifies the load state of a generator's model.</summary>
public enum JinaModelState
{
    /// <summary>The model has not been requested yet, or the generator is disposed.</summary>
    NotLoaded,

    /// <summary>The model is being downloaded or loaded.</summary>
    Loading,

    /// <summary>The model is loaded.</summary>
    Ready,

    /// <summary>The last load failed. The next request tries again.</summary>
    Failed,
}
