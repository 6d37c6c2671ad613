using System.Diagnostics;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>
/// Runs the texts of all requests on a fixed number of threads. A free thread takes what waits, up to one micro-batch. So a lone
/// query never waits, and concurrent queries share runs without a timer. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>The threads are its own, because a run takes long and would starve the thread pool.</para>
/// <para>While all of them run long micro-batches, a query runs on one more thread, so that it does not wait for the end of a micro-batch.
/// The system divides the processors among the threads.</para>
/// </remarks>
internal sealed class EmbeddingScheduler : IDisposable
{
    /// <summary>The most requests whose texts are held at once. With the windows of a request, it bounds the memory.</summary>
    private const int MaxRequests = 1024;

    /// <summary>The fewest tokens of a long micro-batch, padding included.</summary>
    private const int LongBatchTokens = 128;

    /// <summary>The most tokens of a query: of all new requests together, because many short requests are faster in one run.</summary>
    private const int MaxQueryTokens = 64;

    private readonly SemaphoreSlim _places = new(MaxRequests);
    private readonly IInferenceRunner _runner;
    private readonly int _maxThreads;
    private readonly ThreadSlots _slots;
    private readonly EmbeddingMetrics _metrics;
    private readonly object _lock = new();
    private readonly InferenceQueue _queue;
    private readonly List<Thread> _threads = [];
    private readonly List<MicroBatch> _running = [];
    private readonly SemaphoreSlim _queries = new(0);
    private Thread? _queryThread;
    private volatile bool _stopped;

    /// <summary>Initializes a scheduler.</summary>
    /// <param name="runner">The runner of the micro-batches.</param>
    /// <param name="maxThreads">The most threads.</param>
    /// <param name="maxBatchTokens">The most tokens of a micro-batch, padding included.</param>
    /// <param name="slots">The threads that this scheduler shares with the schedulers of other models.</param>
    /// <param name="metrics">The metrics that record each micro-batch.</param>
    public EmbeddingScheduler(IInferenceRunner runner, int maxThreads, int maxBatchTokens, ThreadSlots slots, EmbeddingMetrics metrics)
    {
        _runner = runner;
        _maxThreads = maxThreads;
        _slots = slots;
        _slots.Admit(maxThreads);
        _metrics = metrics;
        _queue = new InferenceQueue(maxBatchTokens, metrics.QueueChanged);
    }

    /// <summary>Gets the number of texts in the queue and of their tokens.</summary>
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

    /// <summary>Waits until there is room for one more request.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task EnterAsync(CancellationToken cancellationToken) => _places.WaitAsync(cancellationToken);

    /// <summary>Makes room for another request, and drops the texts of this one that still wait.</summary>
    public void Leave(EmbeddingRequest request)
    {
        Cancel(request);
        _places.Release();
    }

    /// <summary>Queues a window. Its <see cref="TextWindow.Completion"/> completes when all texts have run.</summary>
    public void Add(TextWindow window)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            _queue.Add(window);

            // Threads are started when they are needed, and kept.
            while (_threads.Count < _maxThreads && _threads.Count - _running.Count < _queue.Waiting)
            {
                _threads.Add(Start(Work, $"jina-embeddings-{_threads.Count + 1}"));
            }

            if (AllRunLong() && _queue.HasQuery(MaxQueryTokens))
            {
                _queryThread ??= Start(WorkOnQueries, "jina-embeddings-query");
                _queries.Release();
            }
            else if (window.Waiting == 1)
            {
                Monitor.Pulse(_lock);
            }
            else
            {
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>Drops the texts of a request that wait. A run that no other request shares is stopped by the request's token.</summary>
    public void Cancel(EmbeddingRequest request)
    {
        lock (_lock)
        {
            _queue.Cancel(request);
        }
    }

    /// <summary>Ends the threads after the runs in progress. The queue must be empty.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            Monitor.PulseAll(_lock);
            _queries.Release();
        }

        _threads.ForEach(static thread => thread.Join());
        _queryThread?.Join();
        _queries.Dispose();
        _places.Dispose();
    }

    private static Thread Start(ThreadStart work, string name)
    {
        var thread = new Thread(work) { IsBackground = true, Name = name };

        // The thread outlives the request, so it must not keep its context, such as its activity.
        thread.UnsafeStart();
        return thread;
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
                    _running.Remove(batch);
                }
            }

            _slots.Release();
        }
    }

    private void WorkOnQueries()
    {
        while (!_stopped)
        {
            _queries.Wait();
            if (TakeQuery() is { } query)
            {
                Run(query);
            }
        }
    }

    /// <summary>Waits for texts. Returns false if the scheduler was stopped and the queue is empty.</summary>
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

    /// <summary>
    /// Takes a micro-batch. The thread already holds a slot, so texts that arrived while it waited for the slot are included.
    /// Returns <see langword="null"/> if another thread was faster.
    /// </summary>
    private MicroBatch? Take()
    {
        lock (_lock)
        {
            var slots = _slots.Count();
            if (_queue.Take(Math.Min(_maxThreads - _running.Count, slots.Free + 1)) is { } batch)
            {
                batch.Others = new OtherWork(slots.Taken - 1, _queue.Waiting);
                _running.Add(batch);
                return batch;
            }

            return null;
        }
    }

    /// <summary>Takes a query. Returns <see langword="null"/> if another thread became free and was faster.</summary>
    private MicroBatch? TakeQuery()
    {
        lock (_lock)
        {
            var query = AllRunLong() ? _queue.TakeQuery(MaxQueryTokens) : null;
            query?.Others = new OtherWork(_running.Count, _queue.Waiting);
            return query;
        }
    }

    private bool AllRunLong() =>
        _running.Count == _maxThreads && _running.TrueForAll(static batch => batch.PaddedTokens >= LongBatchTokens);

    private void Run(MicroBatch batch)
    {
        try
        {
            var requests = batch.Requests;
            using var cancellation = requests.Count > 1 ? new JointCancellation(requests) : null;
            RecordWaits(batch);
            var started = Stopwatch.GetTimestamp();
            var vectors = _runner.Run(batch, batch.Others, cancellation?.Token ?? requests[0].CancellationToken);
            _metrics.BatchRan(batch.Count, batch.Tokens, batch.PaddedTokens - batch.Tokens, Stopwatch.GetElapsedTime(started));
            batch.Complete(vectors);
        }
#pragma warning disable CA1031 // Any failure is reported to the callers. The thread continues with other requests.
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

    private void RecordWaits(MicroBatch batch)
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

    /// <summary>Cancels a token once all of several requests are canceled. While one of them waits, the run continues.</summary>
    private sealed class JointCancellation : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly List<CancellationTokenRegistration> _registrations = [];
        private int _waiting;

        public JointCancellation(IReadOnlyCollection<EmbeddingRequest> requests)
        {
            _waiting = requests.Count;
            foreach (var request in requests)
            {
                _registrations.Add(request.CancellationToken.Register(OneLess));
            }
        }

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            _registrations.ForEach(static registration => registration.Dispose());
            _source.Dispose();
        }

        private void OneLess()
        {
            if (Interlocked.Decrement(ref _waiting) == 0)
            {
                _source.Cancel();
            }
        }
    }
}
