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
    private readonly IEncoder _encoder;
    private readonly int _maxThreads;
    private readonly object _lock = new();
    private readonly InferenceQueue _queue;
    private readonly List<Thread> _threads = [];
    private int _running;
    private bool _stopped;

    /// <param name="encoder">What runs the batches.</param>
    /// <param name="maxThreads">The most threads.</param>
    /// <param name="maxBatchTokens">The most tokens of a batch, padding included.</param>
    public EmbeddingScheduler(IEncoder encoder, int maxThreads, int maxBatchTokens)
    {
        _encoder = encoder;
        _maxThreads = maxThreads;
        _queue = new InferenceQueue(maxBatchTokens);
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
        while (Take() is { } batch)
        {
            Run(batch);
            lock (_lock)
            {
                _running--;
            }
        }
    }

    private MicroBatch? Take()
    {
        lock (_lock)
        {
            while (true)
            {
                if (_queue.Take(_maxThreads - _running) is { } batch)
                {
                    batch.Others = new OtherWork(_running, _queue.Waiting);
                    _running++;
                    return batch;
                }

                if (_stopped)
                {
                    return null;
                }

                Monitor.Wait(_lock);
            }
        }
    }

    private void Run(MicroBatch batch)
    {
        try
        {
            var calls = batch.Calls;
            using var cancellation = calls.Count > 1 ? new JointCancellation(calls) : null;
            batch.Complete(_encoder.Run(batch, batch.Others, cancellation?.Token ?? calls[0].CancellationToken));
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
}
