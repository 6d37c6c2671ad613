using System.Collections.Concurrent;
using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Records its runs, and returns vectors that identify the token IDs they are computed from.</summary>
/// <param name="beforeRun">A callback before each run, with the texts and the run's token. It can wait or fail.</param>
internal sealed class RecordingRunner(Action<IReadOnlyList<T5Encoding>, CancellationToken>? beforeRun = null) : IInferenceRunner
{
    private readonly ConcurrentQueue<(T5Encoding[] Texts, OtherWork Others)> _runs = new();

    /// <summary>Gets the runs in the order in which they began.</summary>
    public IReadOnlyCollection<(T5Encoding[] Texts, OtherWork Others)> Runs => _runs;

    public static float[] VectorOf(T5Encoding text) => [text.Ids[0], text.Ids.Sum(), text.Ids.Count];

    public float[][] Run(IReadOnlyList<T5Encoding> texts, OtherWork others, CancellationToken cancellationToken)
    {
        _runs.Enqueue(([.. texts], others));
        beforeRun?.Invoke(texts, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. texts.Select(VectorOf)];
    }
}
