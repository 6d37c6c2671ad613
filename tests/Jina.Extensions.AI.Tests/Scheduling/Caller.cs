using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Represents a caller with one window of texts. The first ID of each text is unique.</summary>
internal sealed class Caller : IDisposable
{
    private static int _lastId;

    private readonly CancellationTokenSource _source = new();

    public Caller(params int[] lengths)
    {
        Texts =
        [
            .. lengths.Select(length =>
                new T5Encoding([Interlocked.Increment(ref _lastId), .. Enumerable.Range(2, length - 1)], truncated: false)),
        ];
        Request = new EmbeddingRequest(Requests.Outputs, _source.Token);
        Window = new TextWindow(Request, Texts);
    }

    public T5Encoding[] Texts { get; }

    public EmbeddingRequest Request { get; }

    public TextWindow Window { get; }

    /// <summary>Gets the completed vectors. Fails after a minute, so that a mistake does not block the tests.</summary>
    public Task<float[][]> Vectors => VectorsAsync();

    public CancellationToken Token => Request.CancellationToken;

    /// <summary>Queues the window.</summary>
    public Caller Ask(EmbeddingScheduler scheduler)
    {
        _source.Token.Register(() => scheduler.Cancel(Request));
        scheduler.Add(Window);
        return this;
    }

    public void Cancel() => _source.Cancel();

    public bool IsIn(IEnumerable<T5Encoding> texts) => texts.Any(text => text.Ids[0] == Texts[0].Ids[0]);

    public async Task AssertServedAsync() => Assert.Equal(Texts.Select(RecordingRunner.VectorOf), await Vectors);

    public async Task AssertCanceledAsync() =>
        Assert.Equal(Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Vectors)).CancellationToken);

    public void Dispose()
    {
        Request.Dispose();
        _source.Dispose();
    }

    private async Task<float[][]> VectorsAsync()
    {
        await Window.Completion.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return Window.Vectors;
    }
}
