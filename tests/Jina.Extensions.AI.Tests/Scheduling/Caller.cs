using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tests.Chunking;
using Jina.Extensions.AI.Tests.EmbeddingQuantization;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>A caller with one window of texts, each of which has a first id that no other text has.</summary>
internal sealed class Caller : IDisposable
{
    private static int _lastId;

    private readonly CancellationTokenSource _source = new();

    public Caller(params int[] lengths)
    {
        Texts = [.. lengths.Select(length => new T5Encoding([Interlocked.Increment(ref _lastId), .. Enumerable.Range(2, length - 1)], truncated: false))];
        Call = new EmbeddingCall(_source.Token);
        Window = new TextWindow(Call, Texts, truncated: 0);
    }

    public T5Encoding[] Texts { get; }

    public EmbeddingCall Call { get; }

    public TextWindow Window { get; }

    /// <summary>Gets the window's end; fails after a minute, so that a mistake is no endless test.</summary>
    public Task<float[][]> Vectors => Window.Completion.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    public CancellationToken Token => _source.Token;

    /// <summary>Queues the window.</summary>
    public Caller Ask(EmbeddingScheduler scheduler)
    {
        _source.Token.Register(() => scheduler.Cancel(Call));
        scheduler.Add(Window);
        return this;
    }

    public void Cancel() => _source.Cancel();

    public bool IsIn(IEnumerable<T5Encoding> texts) => texts.Any(text => text.Ids[0] == Texts[0].Ids[0]);

    public async Task AssertServedAsync() => Assert.Equal(Texts.Select(RecordingRunner.VectorOf), await Vectors);

    public async Task AssertCancelledAsync() =>
        Assert.Equal(Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Vectors)).CancellationToken);

    public void Dispose() => _source.Dispose();
}
