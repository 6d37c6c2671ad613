using System.Diagnostics.Metrics;
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

/// <summary>Embeds English texts with a Jina v1 model, or another T5 encoder, inside this process.</summary>
/// <remarks>
/// <para>All members may be called concurrently. The model is loaded once, by the first call that needs it; a load
/// that fails is tried again by the next call.</para>
/// <para>Disposal refuses new calls and waits for those in flight; disposing again does nothing.</para>
/// </remarks>
public sealed partial class JinaEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>, IAsyncDisposable
{
    /// <summary>
    /// The key in a result's <see cref="GeneratedEmbeddings{TEmbedding}.AdditionalProperties"/> of the number
    /// (<see cref="int"/>) of texts that were cut.
    /// </summary>
    public const string TruncatedInputsKey = "truncated_inputs";

    /// <summary>
    /// The key in a call's <see cref="EmbeddingGenerationOptions.AdditionalProperties"/> of whether its vectors are scaled to
    /// unit length (<see cref="bool"/>), where that is not what <see cref="JinaEmbeddingOptions.Normalize"/> says.
    /// </summary>
    public const string NormalizeKey = "normalize";

    /// <summary>
    /// The key in a call's <see cref="EmbeddingGenerationOptions.AdditionalProperties"/> of what happens to a text that is too
    /// long (a <see cref="TruncationPolicy"/> or its name), where that is not what <see cref="JinaEmbeddingOptions.Truncation"/> says.
    /// </summary>
    public const string TruncationKey = "truncation";

    /// <summary>The lengths to warm up with, besides the longest: a query, a sentence, a paragraph.</summary>
    private static readonly int[] WarmUpTokens = [8, 32, 128];

    private readonly ThreadSlots _slots;
    private readonly ILogger _logger;
    private readonly CallGate _gate;
    private readonly LazyModel _model;
    private readonly Lazy<Task> _disposal;
    private EmbeddingGeneratorMetadata? _metadata;
    private EmbeddingScheduler? _scheduler;
    private object? _schedulerLock;

    /// <summary>Makes a generator; nothing is read, downloaded or loaded yet.</summary>
    /// <param name="options">The options, copied here; null for the defaults.</param>
    /// <param name="loggerFactory">Where to log; null for nowhere. Texts are never logged.</param>
    /// <param name="meterFactory">Who makes the meter "Jina.Extensions.AI"; null for one of this generator alone.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public JinaEmbeddingGenerator(JinaEmbeddingOptions? options = null, ILoggerFactory? loggerFactory = null, IMeterFactory? meterFactory = null)
        : this(options ?? new JinaEmbeddingOptions(), new ThreadSlots(), loggerFactory, meterFactory)
    {
    }

    internal JinaEmbeddingGenerator(JinaEmbeddingOptions options, ThreadSlots slots, ILoggerFactory? loggerFactory, IMeterFactory? meterFactory)
    {
        Options = options.ValidatedCopy();
        _slots = slots;
        Metrics = new EmbeddingMetrics(meterFactory, Options.Model.Name);
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<JinaEmbeddingGenerator>();
        _gate = new CallGate(this);
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

    /// <summary>Gets what the generator is doing at this moment; it costs next to nothing, and never waits.</summary>
    public JinaEmbeddingStatus Status
    {
        get
        {
            var (texts, tokens) = _scheduler?.Waiting ?? default;

            // What is disposed takes no calls any more, whatever it holds until those inside have ended.
            var state = _gate.IsClosed ? JinaModelState.NotLoaded : _model.State;
            return new JinaEmbeddingStatus(state, state == JinaModelState.Failed ? _model.Failure : null, _gate.Inside, texts, tokens);
        }
    }

    /// <summary>Gets the generator's own copy of its options.</summary>
    internal JinaEmbeddingOptions Options { get; }

    /// <summary>Gets what is told of the generator's work.</summary>
    internal EmbeddingMetrics Metrics { get; }

    /// <summary>Makes a generator and loads its model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Stops the load.</param>
    /// <returns>The generator, ready to run.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<JinaEmbeddingGenerator> CreateAsync(JinaEmbeddingModel model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return CreateAsync(new JinaEmbeddingOptions { Model = model }, cancellationToken);
    }

    /// <summary>Makes a generator and loads its model.</summary>
    /// <param name="options">The options, copied here.</param>
    /// <param name="cancellationToken">Stops the load.</param>
    /// <returns>The generator, ready to run.</returns>
    /// <exception cref="ArgumentException"><paramref name="options"/> is null, or an option is out of its range; the message names it.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<JinaEmbeddingGenerator> CreateAsync(JinaEmbeddingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return CreateAsync(options, meterFactory: null, cancellationToken);
    }

    internal static async Task<JinaEmbeddingGenerator> CreateAsync(JinaEmbeddingOptions options, IMeterFactory? meterFactory, CancellationToken cancellationToken)
    {
        var generator = new JinaEmbeddingGenerator(options, loggerFactory: null, meterFactory);
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

    /// <summary>Embeds texts.</summary>
    /// <param name="values">The texts, enumerated once. An empty text has an embedding of its own.</param>
    /// <param name="options">
    /// Null, or options whose ModelId and Dimensions are this model's own, with <see cref="NormalizeKey"/> and
    /// <see cref="TruncationKey"/> among the AdditionalProperties where the call wants them to be other than the generator's.
    /// </param>
    /// <param name="cancellationToken">Stops the work, a running inference included.</param>
    /// <returns>
    /// One vector of the model's dimension per text, in the order given, with <c>Usage</c> in tokens as the model saw
    /// them: after truncation, <c>&lt;/s&gt;</c> included.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// The options ask for another model or dimension, or a text is too long under <see cref="TruncationPolicy.Throw"/>.
    /// </exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return CollectAsync<string>(values, static encoder => encoder.Encode, options, cancellationToken);
    }

    /// <summary>Embeds texts that are given as ids of this model's own tokenizer.</summary>
    /// <param name="tokenIds">
    /// The ids of each text, enumerated once: from 0 to the tokenizer's <see cref="T5Tokenizer.VocabularySize"/> less 1. The end
    /// token is added where it is missing. What is longer than a text may be is cut, or refused, as a text would be.
    /// </param>
    /// <param name="options">As for texts.</param>
    /// <param name="cancellationToken">Stops the work, a running inference included.</param>
    /// <returns>What the texts themselves would give.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tokenIds"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// An id is none of the vocabulary's, the options ask for another model or dimension, or there are too many ids under
    /// <see cref="TruncationPolicy.Throw"/>.
    /// </exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateFromTokensAsync(
        IEnumerable<IReadOnlyList<int>> tokenIds, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        return CollectAsync<IReadOnlyList<int>>(tokenIds, static encoder => encoder.Encode, options, cancellationToken);
    }

    /// <summary>Embeds any number of texts in bounded memory: vectors come as they are ready, and texts are read as vectors are taken.</summary>
    /// <param name="values">The texts, enumerated once, a few thousand ahead of the results.</param>
    /// <param name="cancellationToken">Stops the work, a running inference included.</param>
    /// <returns>One vector of the model's dimension per text, in the order given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">A text is too long under <see cref="TruncationPolicy.Throw"/>.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IAsyncEnumerable<Embedding<float>> GenerateStreamAsync(IEnumerable<string> values, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return StreamAsync(values, cancellationToken);
    }

    /// <summary>Loads the model and runs a text of each length class, so that the first caller waits for neither.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A task that completes when the model is as fast as it gets.</returns>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        using var visit = _gate.Enter();
        var (tokenizer, model) = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        await model.Runner.OpenMultiThreadedAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var tokens in WarmUpTokens.Append(model.MaxTokens))
        {
            await GenerateFromTokensAsync([Enumerable.Repeat(tokenizer.UnknownId, tokens - 1).ToArray()], cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the tokenizer; it is read without the model's weights.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The tokenizer, which counts as this generator does.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The options' MaxTokens is above the model's.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T5Tokenizer> GetTokenizerAsync(CancellationToken cancellationToken = default)
    {
        using var visit = _gate.Enter();
        return await _model.GetTokenizerAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns an object that this generator is made of.</summary>
    /// <param name="serviceType">
    /// <see cref="EmbeddingGeneratorMetadata"/>; <see cref="Tokenizer"/> or <see cref="T5Tokenizer"/>, where the model's
    /// folder is on this machine (read at the first request); <see cref="InferenceSession"/>, once the model is loaded;
    /// or a type that this generator is. Of a disposed generator, tokenizer and session are null.
    /// </param>
    /// <param name="serviceKey">Must be null: there are no keyed services here.</param>
    /// <returns>The object, or null.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is null.</exception>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata()
            : serviceType == typeof(InferenceSession) ? _gate.IsClosed ? null : _model.Loaded?.Runner.Session
            : serviceType == typeof(T5Tokenizer) || serviceType == typeof(Tokenizer) ? _gate.IsClosed ? null : _model.TryGetTokenizer()
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Refuses new calls and blocks until those in flight have ended; prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Refuses new calls and completes when those in flight have ended; a download under way is broken off.</summary>
    /// <returns>A task that completes when the model is released.</returns>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    private async Task DisposeOnceAsync()
    {
        _model.StopDownload();
        await _gate.CloseAsync().ConfigureAwait(false);
        _scheduler?.Dispose();
        await _model.DisposeAsync().ConfigureAwait(false);
        Metrics.Dispose();
    }

    /// <summary>The provider's address stays null: the model is in this process.</summary>
    private EmbeddingGeneratorMetadata Metadata()
    {
        if (_metadata?.DefaultModelDimensions is null)
        {
            _metadata = new EmbeddingGeneratorMetadata("jina", null, Options.Model.Name, _model.TryGetDimensions());
        }

        return _metadata;
    }
}
