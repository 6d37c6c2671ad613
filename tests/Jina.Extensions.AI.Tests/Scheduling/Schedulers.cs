using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Creates schedulers that share threads only if a test passes common slots.</summary>
internal static class Schedulers
{
    public static EmbeddingScheduler Create(IInferenceRunner runner, int maxThreads, int maxBatchTokens, ThreadSlots? slots = null) =>
        new(runner, maxThreads, maxBatchTokens, slots ?? new ThreadSlots(), new EmbeddingMetrics(factory: null, "test"));
}
