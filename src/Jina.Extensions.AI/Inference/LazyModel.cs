using System.Diagnostics;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Extensions.AI.Inference;

/// <summary>A model and its tokenizer, each read once, when it is first needed. Safe for concurrent use.</summary>
internal sealed class LazyModel : IAsyncDisposable
{
    private readonly JinaEmbeddingOptions _options;
    private readonly ILogger _logger;
    private readonly ModelStore _store;
    private readonly SharedLoad<string> _folder;
    private readonly SharedLoad<T5Tokenizer> _tokenizer;
    private readonly SharedLoad<LoadedModel> _model;

    public LazyModel(JinaEmbeddingOptions options, ILoggerFactory? loggerFactory)
    {
        _options = options;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<JinaEmbeddingGenerator>();
        _store = new ModelStore(StoreOptions(options), loggerFactory);
        _folder = new SharedLoad<string>(token => _store.ResolveAsync(options.Model, options.DownloadProgress, token));
        _tokenizer = new SharedLoad<T5Tokenizer>(token => OpenAsync(folder => ModelTokenizer.Open(folder, options), token));
        _model = new SharedLoad<LoadedModel>(token => OpenAsync(Load, token));
    }

    /// <summary>Gets the model where it is loaded, else null.</summary>
    public LoadedModel? Loaded => _model.Result;

    /// <summary>Tokenizer and session take as long as each other to load, so both load at once.</summary>
    /// <exception cref="ObjectDisposedException">Disposal broke off the load.</exception>
    public async Task<(T5Tokenizer Tokenizer, LoadedModel Model)> GetAsync(CancellationToken cancellationToken)
    {
        var loadingTokenizer = _tokenizer.GetAsync(cancellationToken);
        var loadingModel = _model.GetAsync(cancellationToken);
        await Task.WhenAll(loadingTokenizer, loadingModel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var tokenizer = await UnlessDisposedAsync(loadingTokenizer, cancellationToken).ConfigureAwait(false);
        var model = await UnlessDisposedAsync(loadingModel, cancellationToken).ConfigureAwait(false);
        return tokenizer.VocabularySize <= (model.VocabularySize ?? int.MaxValue) ? (tokenizer, model) : throw new JinaModelException(
            LocalFolder()!,
            $"spiece.model makes {tokenizer.VocabularySize} ids (extra ids included), but the embedding table has {model.VocabularySize} rows. Take both from the same revision of the model, or set extra_ids in tokenizer_config.json.");
    }

    /// <exception cref="ObjectDisposedException">Disposal broke off the load.</exception>
    public Task<T5Tokenizer> GetTokenizerAsync(CancellationToken cancellationToken) =>
        UnlessDisposedAsync(_tokenizer.GetAsync(cancellationToken), cancellationToken);

    /// <summary>Returns the tokenizer where it can be had without the network and without an error, else null.</summary>
    public T5Tokenizer? TryGetTokenizer() =>
        _tokenizer.Result ?? TryRead(folder => _tokenizer.Offer(ModelTokenizer.Open(folder, _options)));

    /// <summary>Returns the length of an embedding as far as names and headers tell it, else null.</summary>
    public int? TryGetDimensions() => Loaded?.Dimensions
        ?? _options.Model.Dimensions
        ?? TryRead(folder => ModelFolder.Open(folder, _options.PreferOnnxExport))?.Dimensions;

    /// <summary>Breaks off a download under way; what is loading on this machine may end.</summary>
    public void StopDownload() => _folder.Stop();

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync().ConfigureAwait(false);
        await _tokenizer.DisposeAsync().ConfigureAwait(false);
        await _folder.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens a part of the model's folder, after one repair where that fails and the hub has the files.</summary>
    private async Task<T> OpenAsync<T>(Func<string, T> open, CancellationToken cancellationToken)
    {
        var folder = await _folder.GetAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return open(folder);
        }
        catch (JinaModelException) when (_options.Model.Repository is not null)
        {
            // Damage that left a file's size and time alone shows only now.
            return open(await _store.RepairAsync(_options.Model, _options.DownloadProgress, cancellationToken).ConfigureAwait(false));
        }
    }

    private LoadedModel Load(string folder)
    {
        var watch = Stopwatch.StartNew();
        var model = LoadedModel.Load(folder, _options);
        Log.ModelLoaded(_logger, _options.Model.Name, model.Dimensions, model.MaxTokens, model.GraphPath, watch.ElapsedMilliseconds);
        return model;
    }

    private string? LocalFolder() => _folder.Result ?? _store.TryLocate(_options.Model);

    /// <summary>What is wrong with a folder is told by the first call that needs it.</summary>
    private T? TryRead<T>(Func<string, T> read)
        where T : class
    {
        try
        {
            return LocalFolder() is { } folder ? read(folder) : null;
        }
        catch (Exception e) when (e is JinaModelException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static async Task<T> UnlessDisposedAsync<T>(Task<T> load, CancellationToken cancellationToken)
    {
        try
        {
            return await load.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Only disposal stops a load that nobody cancelled.
            throw new ObjectDisposedException(nameof(JinaEmbeddingGenerator));
        }
    }

    private static ModelStoreOptions StoreOptions(JinaEmbeddingOptions options) => new()
    {
        CacheDirectory = options.CacheDirectory,
        Offline = options.Offline,
        Endpoint = options.HubEndpoint,
        Token = options.HubToken,
    };
}
