using System.Diagnostics.Metrics;

namespace Jina.Extensions.AI.Diagnostics;

/// <summary>Records measurements that middleware cannot see, in the meter <see cref="MeterName"/>. Safe for concurrent use.</summary>
/// <remarks>
/// Names and units follow OpenTelemetry: seconds, and braces around counted things. Each measurement has the model's name as a tag.
/// An instrument without a listener costs one comparison.
/// </remarks>
internal sealed class EmbeddingMetrics : IDisposable
{
    public const string MeterName = "Jina.Extensions.AI";
    public const string TokensName = Prefix + "tokens";
    public const string PaddingName = Prefix + "padding";
    private const string Prefix = "jina.embeddings.";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<double> LongSeconds = new()
    {
        HistogramBucketBoundaries = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800],
    };

    private static readonly InstrumentAdvice<long> PowersOfTwo = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384],
    };

    private readonly Meter? _owned;
    private readonly KeyValuePair<string, object?> _model;
    private readonly Histogram<double> _queueDuration;
    private readonly UpDownCounter<long> _queueTexts;
    private readonly Histogram<double> _batchDuration;
    private readonly Histogram<long> _batchTexts;
    private readonly Histogram<long> _batchTokens;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _padding;
    private readonly Counter<long> _truncations;
    private readonly Counter<long> _cacheHits;
    private readonly Counter<long> _cacheMisses;
    private readonly Histogram<double> _loadDuration;
    private readonly Histogram<double> _downloadDuration;

    /// <summary>Initializes the instruments.</summary>
    /// <param name="factory">The container's factory. If <see langword="null"/>, the generator has a meter of its own.</param>
    /// <param name="model">The model's name.</param>
    public EmbeddingMetrics(IMeterFactory? factory, string model)
    {
        var meter = factory?.Create(MeterName) ?? (_owned = new Meter(MeterName));
        _model = new KeyValuePair<string, object?>("gen_ai.request.model", model);
        _queueDuration = meter.CreateHistogram(
            Prefix + "queue.duration", "s", "Time from the queuing of a text to the start of its micro-batch.", null, Seconds);
        _queueTexts = meter.CreateUpDownCounter<long>(Prefix + "queue.texts", "{text}", "Texts in the queue.");
        _batchDuration = meter.CreateHistogram(Prefix + "batch.duration", "s", "Duration of the run of a micro-batch.", null, Seconds);
        _batchTexts = meter.CreateHistogram(Prefix + "batch.texts", "{text}", "Texts of a micro-batch.", null, PowersOfTwo);
        _batchTokens = meter.CreateHistogram(
            Prefix + "batch.tokens", "{token}", "Tokens of a micro-batch, padding included, up to MaxBatchTokens.", null, PowersOfTwo);
        _tokens = meter.CreateCounter<long>(TokensName, "{token}", "Tokens of the texts that the model has run on.");
        _padding = meter.CreateCounter<long>(PaddingName, "{token}", "Padding that the model has run on.");
        _truncations = meter.CreateCounter<long>(Prefix + "truncations", "{text}", "Texts that were truncated to the token limit.");
        _cacheHits = meter.CreateCounter<long>(
            Prefix + "cache.hits", "{text}", "Different texts of a request whose vectors were cached.");
        _cacheMisses = meter.CreateCounter<long>(
            Prefix + "cache.misses", "{text}", "Different texts of a request whose vectors were not cached.");
        _loadDuration = meter.CreateHistogram(
            Prefix + "load.duration", "s", "Duration of loading the model, without its download.", null, LongSeconds);
        _downloadDuration = meter.CreateHistogram(
            Prefix + "download.duration", "s", "Duration of downloading the model.", null, LongSeconds);
    }

    /// <summary>Gets a value indicating whether the time in the queue is measured.</summary>
    public bool TimesQueue => _queueDuration.Enabled;

    /// <summary>Records a change of the queue.</summary>
    /// <param name="texts">The number of texts that were added (positive) or removed (negative).</param>
    public void QueueChanged(int texts) => _queueTexts.Add(texts, _model);

    /// <summary>Records the time of a text in the queue.</summary>
    public void TextWaited(TimeSpan time) => _queueDuration.Record(time.TotalSeconds, _model);

    /// <summary>Records the run of a micro-batch.</summary>
    /// <param name="texts">The number of texts.</param>
    /// <param name="tokens">The number of tokens of the texts.</param>
    /// <param name="padding">The number of tokens of padding.</param>
    /// <param name="time">The duration of the run.</param>
    public void BatchRan(int texts, int tokens, int padding, TimeSpan time)
    {
        _batchDuration.Record(time.TotalSeconds, _model);
        _batchTexts.Record(texts, _model);
        _batchTokens.Record(tokens + padding, _model);
        _tokens.Add(tokens, _model);
        _padding.Add(padding, _model);
    }

    /// <summary>Records truncated texts.</summary>
    public void Truncated(int texts) => _truncations.Add(texts, _model);

    /// <summary>Records the texts of a request that were found and not found in the cache.</summary>
    public void CacheRead(int hits, int misses)
    {
        _cacheHits.Add(hits, _model);
        _cacheMisses.Add(misses, _model);
    }

    /// <summary>Records the load of the model.</summary>
    public void Loaded(TimeSpan time) => _loadDuration.Record(time.TotalSeconds, _model);

    /// <summary>Records the download of the model.</summary>
    public void Downloaded(TimeSpan time) => _downloadDuration.Record(time.TotalSeconds, _model);

    public void Dispose() => _owned?.Dispose();
}
