using System.Diagnostics.Metrics;

namespace Jina.Extensions.AI.Diagnostics;

/// <summary>What middleware around a generator cannot see, as instruments of the meter <see cref="MeterName"/>. Safe for concurrent use.</summary>
/// <remarks>
/// Names and units follow OpenTelemetry: seconds, and braces for what is counted. Each measurement carries the model's name.
/// An instrument that nobody listens to costs a comparison.
/// </remarks>
internal sealed class EmbeddingMetrics : IDisposable
{
    public const string MeterName = "Jina.Extensions.AI";
    public const string TokensName = Prefix + "tokens";
    public const string PaddingName = Prefix + "padding";
    private const string Prefix = "jina.embeddings.";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30] };
    private static readonly InstrumentAdvice<double> LongSeconds = new() { HistogramBucketBoundaries = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800] };
    private static readonly InstrumentAdvice<long> PowersOfTwo = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384] };

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

    /// <param name="factory">The container's; null for a meter of this generator alone.</param>
    /// <param name="model">The model's name.</param>
    public EmbeddingMetrics(IMeterFactory? factory, string model)
    {
        var meter = factory?.Create(MeterName) ?? (_owned = new Meter(MeterName));
        _model = new KeyValuePair<string, object?>("gen_ai.request.model", model);
        _queueDuration = meter.CreateHistogram(Prefix + "queue.duration", "s", "Time that a text waits for the start of its micro-batch.", null, Seconds);
        _queueTexts = meter.CreateUpDownCounter<long>(Prefix + "queue.texts", "{text}", "Texts that wait for a micro-batch.");
        _batchDuration = meter.CreateHistogram(Prefix + "batch.duration", "s", "Time that a micro-batch runs.", null, Seconds);
        _batchTexts = meter.CreateHistogram(Prefix + "batch.texts", "{text}", "Texts of a micro-batch.", null, PowersOfTwo);
        _batchTokens = meter.CreateHistogram(Prefix + "batch.tokens", "{token}", "Tokens of a micro-batch, padding included; MaxBatchTokens is the most.", null, PowersOfTwo);
        _tokens = meter.CreateCounter<long>(TokensName, "{token}", "Tokens of texts that the model has read.");
        _padding = meter.CreateCounter<long>(PaddingName, "{token}", "Padding that the model has read beside them.");
        _truncations = meter.CreateCounter<long>(Prefix + "truncations", "{text}", "Texts that were cut to the model's limit.");
        _cacheHits = meter.CreateCounter<long>(Prefix + "cache.hits", "{text}", "Different texts of a call whose vectors were in the cache.");
        _cacheMisses = meter.CreateCounter<long>(Prefix + "cache.misses", "{text}", "Different texts of a call whose vectors were not in the cache.");
        _loadDuration = meter.CreateHistogram(Prefix + "load.duration", "s", "Time that loading the model takes, download not included.", null, LongSeconds);
        _downloadDuration = meter.CreateHistogram(Prefix + "download.duration", "s", "Time that downloading the model takes.", null, LongSeconds);
    }

    /// <summary>Gets whether anybody wants to know how long texts wait.</summary>
    public bool TimesQueue => _queueDuration.Enabled;

    /// <param name="texts">The texts that came, or, below 0, that went.</param>
    public void QueueChanged(int texts) => _queueTexts.Add(texts, _model);

    public void TextWaited(TimeSpan time) => _queueDuration.Record(time.TotalSeconds, _model);

    /// <param name="texts">The number of texts.</param>
    /// <param name="tokens">The tokens of all of them.</param>
    /// <param name="padding">What was added to them.</param>
    /// <param name="time">How long it ran.</param>
    public void BatchRan(int texts, int tokens, int padding, TimeSpan time)
    {
        _batchDuration.Record(time.TotalSeconds, _model);
        _batchTexts.Record(texts, _model);
        _batchTokens.Record(tokens + padding, _model);
        _tokens.Add(tokens, _model);
        _padding.Add(padding, _model);
    }

    public void Truncated(int texts) => _truncations.Add(texts, _model);

    public void CacheAsked(int hits, int misses)
    {
        _cacheHits.Add(hits, _model);
        _cacheMisses.Add(misses, _model);
    }

    public void Loaded(TimeSpan time) => _loadDuration.Record(time.TotalSeconds, _model);

    public void Downloaded(TimeSpan time) => _downloadDuration.Record(time.TotalSeconds, _model);

    public void Dispose() => _owned?.Dispose();
}
