using System.Diagnostics;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Inference;
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
public sealed class JinaEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>, IAsyncDisposable
{
    /// <summary>
    /// The key in a result's <see cref="GeneratedEmbeddings{TEmbedding}.AdditionalProperties"/> of the number
    /// (<see cref="int"/>) of texts that were cut.
    /// </summary>
    public const string TruncatedInputsKey = "truncated_inputs";

    private readonly JinaEmbeddingOptions _options;
    private readonly ILogger _logger;
    private readonly CallGate _gate;
    private readonly ModelStore _store;
    private readonly SharedLoad<string> _folder;
    private readonly SharedLoad<T5Tokenizer> _tokenizer;
    private readonly SharedLoad<LoadedModel> _model;
    private EmbeddingGeneratorMetadata? _metadata;

    /// <summary>Makes a generator; nothing is read, downloaded or loaded yet.</summary>
    /// <param name="options">The options, copied here; null for the defaults.</param>
    /// <param name="loggerFactory">Where to log; null for nowhere. Texts are never logged.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public JinaEmbeddingGenerator(JinaEmbeddingOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        _options = (options ?? new JinaEmbeddingOptions()).ValidatedCopy();
        _logger = loggerFactory?.CreateLogger<JinaEmbeddingGenerator>() ?? (ILogger)NullLogger.Instance;
        _gate = new CallGate(this);
        _store = new ModelStore(StoreOptions(), loggerFactory);
        _folder = new SharedLoad<string>(token => _store.ResolveAsync(_options.Model, _options.DownloadProgress, token));
        _tokenizer = new SharedLoad<T5Tokenizer>(OpenTokenizerAsync);
        _model = new SharedLoad<LoadedModel>(LoadAsync);
    }

    /// <summary>Makes a generator and loads its model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Stops the load.</param>
    /// <returns>The generator, ready to run.</returns>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    public static Task<JinaEmbeddingGenerator> CreateAsync(JinaEmbeddingModel model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return CreateAsync(new JinaEmbeddingOptions { Model = model }, cancellationToken);
    }

    /// <summary>Makes a generator and loads its model.</summary>
    /// <param name="options">The options, copied here.</param>
    /// <param name="cancellationToken">Stops the load.</param>
    /// <returns>The generator, ready to run.</returns>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    public static async Task<JinaEmbeddingGenerator> CreateAsync(JinaEmbeddingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var generator = new JinaEmbeddingGenerator(options);
        try
        {
            await generator.LoadAllAsync(cancellationToken).ConfigureAwait(false);
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
    /// <param name="options">Null, or options whose ModelId and Dimensions are this model's own.</param>
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
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var visit = _gate.Enter();
        var (tokenizer, model) = await LoadAllAsync(cancellationToken).ConfigureAwait(false);
        var metadata = Metadata();
        RequestedOptions.ThrowIfForeign(options, metadata, _options.Model);
        var result = await Task.Run(() => new EmbeddingRun(tokenizer, model, _options.Truncation).Embed(values, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (result.Truncated > 0)
        {
            Log.Truncated(_logger, result.Truncated, result.Vectors.Length, model.MaxTokens);
        }

        var createdAt = DateTimeOffset.UtcNow;
        return new GeneratedEmbeddings<Embedding<float>>(
            result.Vectors.Select(vector => new Embedding<float>(vector) { ModelId = metadata.DefaultModelId, CreatedAt = createdAt }))
        {
            Usage = new UsageDetails { InputTokenCount = result.Tokens, TotalTokenCount = result.Tokens },
            AdditionalProperties = new AdditionalPropertiesDictionary { [TruncatedInputsKey] = result.Truncated },
        };
    }

    /// <summary>Returns the tokenizer; it is read without the model's weights.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The tokenizer, which counts as this generator does.</returns>
    /// <exception cref="JinaModelException">The model's files are missing, damaged or of another kind.</exception>
    public async Task<T5Tokenizer> GetTokenizerAsync(CancellationToken cancellationToken = default)
    {
        using var visit = _gate.Enter();
        return await _tokenizer.GetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns an object that this generator is made of.</summary>
    /// <param name="serviceType">
    /// <see cref="EmbeddingGeneratorMetadata"/>; <see cref="Tokenizer"/> or <see cref="T5Tokenizer"/>, where the model's
    /// folder is on this machine; <see cref="InferenceSession"/>, once the model is loaded; or a type that this
    /// generator is.
    /// </param>
    /// <param name="serviceKey">Must be null: there are no keyed services here.</param>
    /// <returns>The object, or null.</returns>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata()
            : serviceType == typeof(InferenceSession) ? _model.Result?.Session.Session
            : serviceType == typeof(T5Tokenizer) || serviceType == typeof(Tokenizer) ? LocalTokenizer()
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Refuses new calls and blocks until those in flight have ended; prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Refuses new calls and completes when those in flight have ended; a download under way is broken off.</summary>
    /// <returns>A task that completes when the model is released.</returns>
    public async ValueTask DisposeAsync()
    {
        _folder.Stop();
        await _gate.CloseAsync().ConfigureAwait(false);
        await _model.DisposeAsync().ConfigureAwait(false);
        await _tokenizer.DisposeAsync().ConfigureAwait(false);
        await _folder.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Tokenizer and session take as long as each other to load, so both load at once.</summary>
    private async Task<(T5Tokenizer Tokenizer, LoadedModel Model)> LoadAllAsync(CancellationToken cancellationToken)
    {
        var tokenizer = _tokenizer.GetAsync(cancellationToken);
        var model = _model.GetAsync(cancellationToken);
        try
        {
            await Task.WhenAll(tokenizer, model).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Only disposal stops a load that nobody cancelled.
            throw new ObjectDisposedException(nameof(JinaEmbeddingGenerator));
        }

        return ThrowUnlessFitting(await tokenizer.ConfigureAwait(false), await model.ConfigureAwait(false));
    }

    private (T5Tokenizer Tokenizer, LoadedModel Model) ThrowUnlessFitting(T5Tokenizer tokenizer, LoadedModel model) =>
        tokenizer.VocabularySize <= (model.VocabularySize ?? int.MaxValue) ? (tokenizer, model) : throw new JinaModelException(
            LocalFolder()!,
            $"spiece.model makes {tokenizer.VocabularySize} ids (extra ids included), but the embedding table has {model.VocabularySize} rows. Take both from the same revision of the model, or set extra_ids in tokenizer_config.json.");

    private async Task<LoadedModel> LoadAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var folder = await _folder.GetAsync(cancellationToken).ConfigureAwait(false);
        var model = LoadedModel.Load(folder, _options);
        Log.ModelLoaded(_logger, _options.Model.Name, model.Session.Dimensions, model.MaxTokens, model.GraphPath, watch.ElapsedMilliseconds);
        return model;
    }

    private async Task<T5Tokenizer> OpenTokenizerAsync(CancellationToken cancellationToken) =>
        ModelTokenizer.Open(await _folder.GetAsync(cancellationToken).ConfigureAwait(false), _options);

    /// <summary>Blocks for the fraction of a second that reading the tokenizer takes: GetService is synchronous.</summary>
    private T5Tokenizer? LocalTokenizer() => LocalFolder() is null ? null : GetTokenizerAsync().GetAwaiter().GetResult();

    private string? LocalFolder() => _folder.Result ?? _store.TryLocate(_options.Model);

    private ModelStoreOptions StoreOptions() => new()
    {
        CacheDirectory = _options.CacheDirectory,
        Offline = _options.Offline,
        Endpoint = _options.HubEndpoint,
        Token = _options.HubToken,
    };

    /// <summary>The provider's address stays null: the model is in this process.</summary>
    private EmbeddingGeneratorMetadata Metadata()
    {
        var dimensions = _model.Result?.Session.Dimensions ?? _options.Model.Dimensions ?? _metadata?.DefaultModelDimensions ?? DimensionsOfFolder();
        if (_metadata is null || _metadata.DefaultModelDimensions != dimensions)
        {
            _metadata = new EmbeddingGeneratorMetadata("jina", null, _options.Model.Name, dimensions);
        }

        return _metadata;
    }

    /// <summary>What the headers of a folder's files say; a damaged folder is reported by the load, not here.</summary>
    private int? DimensionsOfFolder()
    {
        try
        {
            return LocalFolder() is { } folder ? ModelFolder.Open(folder, _options.PreferOnnxExport).Dimensions : null;
        }
        catch (JinaModelException)
        {
            return null;
        }
    }
}
