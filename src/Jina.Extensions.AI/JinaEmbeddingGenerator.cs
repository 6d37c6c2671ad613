using System.Diagnostics.Metrics;
using Jina.Extensions.AI.Checkpoints.SentenceTransformers;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Extensions.AI.Scheduling;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI;

/// <summary>Embeds English texts in this process, with a Jina v1 model or another T5 encoder.</summary>
/// <remarks>
/// <para>All members can be called concurrently. The first call that needs the model loads it. If loading fails, the next call
/// tries again.</para>
/// <para>Disposal rejects new requests and waits for those in progress.</para>
/// </remarks>
public sealed partial class JinaEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>, IAsyncDisposable
{
    /// <summary>
    /// The key in a result's <see cref="GeneratedEmbeddings{TEmbedding}.AdditionalProperties"/> for the number (<see cref="int"/>)
    /// of truncated texts.
    /// </summary>
    public const string TruncatedInputsKey = "truncated_inputs";

    /// <summary>
    /// The key in a request's <see cref="EmbeddingGenerationOptions.AdditionalProperties"/> for whether its vectors are scaled to
    /// unit length (<see cref="bool"/>). It overrides <see cref="JinaEmbeddingOptions.Normalize"/>.
    /// </summary>
    public const string NormalizeKey = "normalize";

    /// <summary>
    /// The key in a request's <see cref="EmbeddingGenerationOptions.AdditionalProperties"/> for the policy for a text that is too
    /// long (a <see cref="TruncationPolicy"/> or its name). It overrides <see cref="JinaEmbeddingOptions.Truncation"/>.
    /// </summary>
    public const string TruncationKey = "truncation";

    /// <summary>
    /// The key under which <see cref="GetService"/> returns a name (<see cref="string"/>) for the source of the vectors: a repository
    /// with its commit, or a hash of the files of a model directory. Vectors of models with different names cannot be compared.
    /// </summary>
    public const string ModelIdentityKey = "model_identity";

    /// <summary>
    /// The key under which <see cref="GetService"/> returns the name of the <see cref="Precision"/> (<see cref="string"/>). Vectors of
    /// different precisions differ a little.
    /// </summary>
    public const string ModelPrecisionKey = "model_precision";

    /// <summary>The lengths to warm up with, besides the longest: a query, a sentence, a paragraph.</summary>
    private static readonly int[] WarmUpTokens = [8, 32, 128];

    private readonly ThreadSlots _slots;
    private readonly ILogger _logger;
    private readonly RequestGate _gate;
    private readonly LazyModel _model;
    private readonly Lazy<Task> _disposal;
    private EmbeddingGeneratorMetadata? _metadata;
    private EmbeddingScheduler? _scheduler;
    private object? _schedulerLock;

    /// <summary>Initializes a generator. The model is loaded by the first call that needs it.</summary>
    /// <param name="options">The options, which are copied. If <see langword="null"/>, the defaults are used.</param>
    /// <param name="loggerFactory">The logger factory. If <see langword="null"/>, nothing is logged. Texts are never logged.</param>
    /// <param name="meterFactory">
    /// The factory of the meter "Jina.Extensions.AI". If <see langword="null"/>, the generator creates a meter of its own.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of its range. The message contains the option's name.</exception>
    public JinaEmbeddingGenerator(
        JinaEmbeddingOptions? options = null, ILoggerFactory? loggerFactory = null, IMeterFactory? meterFactory = null)
        : this(options ?? new JinaEmbeddingOptions(), new ThreadSlots(), loggerFactory, meterFactory)
    {
    }

    internal JinaEmbeddingGenerator(
        JinaEmbeddingOptions options, ThreadSlots slots, ILoggerFactory? loggerFactory, IMeterFactory? meterFactory)
    {
        Options = options.ValidatedCopy();
        _slots = slots;
        Metrics = new EmbeddingMetrics(meterFactory, Options.Model.Name);
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<JinaEmbeddingGenerator>();
        _gate = new RequestGate(this);
        _model = new LazyModel(Options, Metrics, loggerFactory);
        _disposal = new Lazy<Task>(DisposeOnceAsync);
    }

    /// <summary>Gets the model.</summary>
    public JinaEmbeddingModel Model => Options.Model;

    /// <summary>Gets the key under which a container has this generator.</summary>
    /// <value>
    /// <see langword="null"/> if it is registered without a key, or was not created by <c>AddKeyedJinaEmbeddings</c>.
    /// </value>
    public object? ServiceKey { get; internal init; }

    /// <summary>Gets the generator's state at this moment. Reading it is cheap and never waits.</summary>
    public JinaEmbeddingStatus Status
    {
        get
        {
            var (texts, tokens) = CountWaiting();

            // A disposed generator accepts no requests, even while its model is still in memory for the last ones.
            var state = _gate.IsClosed ? JinaModelState.NotLoaded : _model.State;
            return new JinaEmbeddingStatus
            {
                State = state,
                Failure = state == JinaModelState.Failed ? _model.Failure : null,
                ActiveRequests = _gate.Inside,
                QueuedTexts = texts,
                QueuedTokens = tokens,
            };
        }
    }

    /// <summary>Gets the generator's own copy of its options.</summary>
    internal JinaEmbeddingOptions Options { get; }

    /// <summary>Gets the metrics that record the generator's work.</summary>
    internal EmbeddingMetrics Metrics { get; }

    /// <summary>Creates a generator and loads its model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loggerFactory">The logger factory. If <see langword="null"/>, nothing is logged. Texts are never logged.</param>
    /// <param name="meterFactory">
    /// The factory of the meter "Jina.Extensions.AI". If <see langword="null"/>, the generator creates a meter of its own.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the load.</param>
    /// <returns>The generator with its loaded model.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Task<JinaEmbeddingGenerator> CreateAsync(
        JinaEmbeddingModel model,
        ILoggerFactory? loggerFactory = null,
        IMeterFactory? meterFactory = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return CreateAsync(new JinaEmbeddingOptions { Model = model }, loggerFactory, meterFactory, cancellationToken);
    }

    /// <summary>Creates a generator and loads its model.</summary>
    /// <param name="options">The options, which are copied.</param>
    /// <param name="loggerFactory">The logger factory. If <see langword="null"/>, nothing is logged. Texts are never logged.</param>
    /// <param name="meterFactory">
    /// The factory of the meter "Jina.Extensions.AI". If <see langword="null"/>, the generator creates a meter of its own.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the load.</param>
    /// <returns>The generator with its loaded model.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="options"/> is null, or an option is out of its range. The message contains the option's name.
    /// </exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static async Task<JinaEmbeddingGenerator> CreateAsync(
        JinaEmbeddingOptions options,
        ILoggerFactory? loggerFactory = null,
        IMeterFactory? meterFactory = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var generator = new JinaEmbeddingGenerator(options, loggerFactory, meterFactory);
        try
        {
            await generator._model.GetAsync(cancellationToken).ConfigureAwait(false);
            return generator;
        }
        catch
        {
            await generator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Loads the model and runs texts of several lengths, so that the first request is as fast as later ones.</summary>
    /// <param name="cancellationToken">The token that cancels the work.</param>
    /// <returns>A task that completes when the model has reached its full speed.</returns>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        using var visit = _gate.Enter();
        var model = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        await model.Runner.OpenMultiThreadedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var tokens in WarmUpTokens.Append(ModelSettings.Ceiling))
        {
            int[] ids = [.. Enumerable.Repeat(model.Tokenizer.UnknownId, Math.Min(tokens, model.MaxTokens) - 1)];
            await GenerateFromTokensAsync([ids], cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the tokenizer. It is read without the model's weights.</summary>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The tokenizer, which counts tokens as this generator does.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The <see cref="JinaEmbeddingOptions.MaxTokens"/> option is above the model's limit.
    /// </exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<T5Tokenizer> GetTokenizerAsync(CancellationToken cancellationToken = default)
    {
        using var visit = _gate.Enter();
        return await _model.GetTokenizerAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns an object that this generator consists of.</summary>
    /// <param name="serviceType">
    /// One of these types: <see cref="EmbeddingGeneratorMetadata"/>; <see cref="Tokenizer"/> or <see cref="T5Tokenizer"/>, if the
    /// model is on this machine; <see cref="InferenceSession"/>, once the model is loaded; or a type that this generator has. A
    /// disposed generator has neither a tokenizer nor a session.
    /// </param>
    /// <param name="serviceKey">
    /// <see cref="ModelIdentityKey"/> for a <see cref="string"/> with the model's identity, if the model is on this machine;
    /// <see cref="ModelPrecisionKey"/> for a <see cref="string"/> with the precision; otherwise, <see langword="null"/>.
    /// </param>
    /// <returns>The object, or <see langword="null"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is null.</exception>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
        {
            return serviceType == typeof(string) ? FindName(serviceKey) : null;
        }

        if (serviceType == typeof(EmbeddingGeneratorMetadata))
        {
            return Metadata();
        }

        if (serviceType == typeof(InferenceSession))
        {
            return _gate.IsClosed ? null : _model.Loaded?.Runner.Session;
        }

        if (serviceType == typeof(T5Tokenizer) || serviceType == typeof(Tokenizer))
        {
            return _gate.IsClosed ? null : _model.TryGetTokenizer();
        }

        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Gets the times that the tokenizer and the session of the loaded model took, which are opened at the same time.</summary>
    internal (TimeSpan Tokenizer, TimeSpan Session) LoadTimes => _model.LoadTimes;

    /// <summary>Rejects new requests and blocks until those in progress have ended. Prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Rejects new requests and waits until those in progress have ended. A download in progress is canceled.</summary>
    /// <returns>A task that completes when the model is released.</returns>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    /// <summary>Returns a name for the source of the vectors, without loading the weights.</summary>
    internal async Task<string> GetIdentityAsync(CancellationToken cancellationToken)
    {
        using var visit = _gate.Enter();
        return await _model.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
    }

    private string? FindName(object serviceKey) => serviceKey switch
    {
        ModelIdentityKey when !_gate.IsClosed => _model.TryGetIdentity(),
        ModelPrecisionKey => Options.Precision.ToString(),
        _ => null,
    };

    private async Task DisposeOnceAsync()
    {
        _model.StopDownload();
        await _gate.CloseAsync().ConfigureAwait(false);
        _scheduler?.Dispose();
        _tokenScheduler?.Dispose();
        await _model.DisposeAsync().ConfigureAwait(false);
        Metrics.Dispose();
    }

    private EmbeddingScheduler SchedulerOf(LoadedModel model) =>
        LazyInitializer.EnsureInitialized(ref _scheduler, ref _schedulerLock, () => CreateScheduler(model.Runner));

    private EmbeddingScheduler CreateScheduler(InferenceRunner runner) =>
        new(runner, Options.ThreadCount, Options.BatchTokens, _slots, Metrics);

    /// <summary>Returns the metadata. The provider's address is <see langword="null"/>, because the model runs in this process.</summary>
    private EmbeddingGeneratorMetadata Metadata()
    {
        if (_metadata?.DefaultModelDimensions is null)
        {
            _metadata = new EmbeddingGeneratorMetadata("jina", null, Options.Model.Name, _model.TryGetDimensions());
        }

        return _metadata;
    }
}
