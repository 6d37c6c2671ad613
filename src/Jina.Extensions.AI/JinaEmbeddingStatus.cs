namespace Jina.Extensions.AI;

/// <summary>What a generator is doing at one moment.</summary>
/// <param name="State">How far the model is.</param>
/// <param name="Failure">Why the last load failed, where <paramref name="State"/> is <see cref="JinaModelState.Failed"/>; else null.</param>
/// <param name="ActiveCalls">The calls that have not ended, at least 0.</param>
/// <param name="QueuedTexts">The texts of those calls that wait for a thread, at least 0.</param>
/// <param name="QueuedTokens">The tokens of those texts, at least 0.</param>
public sealed record JinaEmbeddingStatus(JinaModelState State, Exception? Failure, int ActiveCalls, int QueuedTexts, long QueuedTokens);
