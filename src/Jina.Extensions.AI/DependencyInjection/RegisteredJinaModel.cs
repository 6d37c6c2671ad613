namespace Jina.Extensions.AI;

/// <summary>
/// One of a container's Jina models: there is a singleton of this type for each key that a model was registered under, so
/// that a server can find all of them.
/// </summary>
/// <param name="ServiceKey">The key of its generator; null for the one without a key.</param>
public sealed record RegisteredJinaModel(object? ServiceKey);
