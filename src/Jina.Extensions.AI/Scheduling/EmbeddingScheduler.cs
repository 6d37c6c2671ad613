using System.Diagnostics;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>
/// Runs the texts of all callers on a fixed number of threads. Whichever thread is free takes what waits, up to a
/// micro-batch: a lone query never waits, and concurrent ones share runs without a timer. Safe for concurrent use.
/// </summary>
/// <remarks>The threads are its own: a run takes long, and would starve the pool that its callers continue on.</remarks>
internal sealed class EmbeddingScheduler : IDisposable
{
    /// <summary>The most calls whose texts are held at once; with the windows of a call it bounds the memory.</summary>
    private const int MaxCalls = 1024;

    private readonly SemaphoreSlim _places = new(MaxCalls);
    private readonly IInferenceRunner _runner;
    private readonly int _maxThreads;
    private readonly ThreadSlots _slots;
    private readonly EmbeddingMetrics _metrics;
    private readonly object _lock = new();
    private readonly InferenceQueue _queue;
    private readonly List<Thread> _threads = [];
    private int _running;
    private bool _stopped;

    /// <param name="runner">What runs the batches.</param>
    /// <param name="maxThreads">The most threads.</param>
    /// <param name="maxBatchTokens">The most tokens of a batch, padding included.</param>
    /// <param name="slots">The threads that this scheduler shares with those of other models.</param>
    /// <param name="metrics">What is told of each batch.</param>
    public EmbeddingScheduler(IInferenceRunner runner, int maxThreads, int maxBatchTokens, ThreadSlots slots, EmbeddingMetrics metrics)
    {
        _runner = runner;
        _maxThreads = maxThreads;
        _slots = slots;
        _slots.Admit(maxThreads);
        _metrics = metrics;
        _queue = new InferenceQueue(maxBatchTokens, metrics.QueueChanged);
    }

    /// <summary>Gets the texts that wait, and their tokens.</summary>
    public (int Texts, long Tokens) Waiting
    {
        get
        {
            lock (_lock)
            {
                return (_queue.Waiting, _queue.WaitingTokens);
            }
        }
    }

    /// <summary>Waits until there is room for one more call.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled meanwhile.</exception>
    public Task EnterAsync(CancellationToken cancellationToken) => _places.WaitAsync(cancellationToken);

    /// <summary>Makes room for another call; whatever still waits of this one is dropped.</summary>
    public void Leave(EmbeddingCall call)
    {
        Cancel(call);
        _places.Release();
    }

    /// <summary>Queues a window; its <see cref="TextWindow.Completion"/> tells when it is done.</summary>
    public void Add(TextWindow window)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            _queue.Add(window);

            // Threads are started as they are needed, and stay.
            while (_threads.Count < _maxThreads && _threads.Count - _running < _queue.Waiting)
            {
                var thread = new Thread(Work) { IsBackground = true, Name = $"jina-embeddings-{_threads.Count + 1}" };
                _threads.Add(thread);
                thread.Start();
            }

            if (window.Waiting == 1)
            {
                Monitor.Pulse(_lock);
            }
            else
            {
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>Drops what waits of a call. A run that others share goes on; one that nobody waits for is stopped by its token.</summary>
    public void Cancel(EmbeddingCall call)
    {
        lock (_lock)
        {
            _queue.Cancel(call);
        }
    }

    /// <summary>Ends the threads, after the runs under way. Nothing may wait any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.PulseAll(_lock);
        }

        _threads.ForEach(static thread => thread.Join());
        _places.Dispose();
    }

    private void Work()
    {
        while (AwaitTexts())
        {
            _slots.Take();
            if (Take() is { } batch)
            {
                Run(batch);
                lock (_lock)
                {
                    _running--;
                }
            }

            _slots.Release();
        }
    }

    /// <returns>False where there will be none any more.</returns>
    private bool AwaitTexts()
    {
        lock (_lock)
        {
            while (_queue.Waiting == 0 && !_stopped)
            {
                Monitor.Wait(_lock);
            }

            return _queue.Waiting > 0;
        }
    }

    /// <summary>Takes what waits once there is a slot for it, and not before: what comes meanwhile shares the batch.</summary>
    /// <returns>Null where another thread was quicker.</returns>
    private MicroBatch? Take()
    {
        lock (_lock)
        {
            var slots = _slots.Count();
            if (_queue.Take(Math.Min(_maxThreads - _running, slots.Free + 1)) is { } batch)
            {
                batch.Others = new OtherWork(slots.Taken - 1, _queue.Waiting);
                _running++;
                return batch;
            }

            return null;
        }
    }

    private void Run(MicroBatch batch)
    {
        try
        {
            var calls = batch.Calls;
            using var cancellation = calls.Count > 1 ? new JointCancellation(calls) : null;
            TellWaits(batch);
            var started = Stopwatch.GetTimestamp();
            var vectors = _runner.Run(batch, batch.Others, cancellation?.Token ?? calls[0].CancellationToken);
            _metrics.BatchRan(batch.Count, batch.Tokens, batch.PaddedTokens - batch.Tokens, Stopwatch.GetElapsedTime(started));
            batch.Complete(vectors);
        }
#pragma warning disable CA1031 // Whatever goes wrong is the callers' to hear; the thread serves others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            batch.Fail(e);
            lock (_lock)
            {
                _queue.DropFailed();
            }
        }
    }

    private void TellWaits(MicroBatch batch)
    {
        if (_metrics.TimesQueue)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var queued in batch.QueueTimes)
            {
                _metrics.TextWaited(Stopwatch.GetElapsedTime(queued, now));
            }
        }
    }
}
