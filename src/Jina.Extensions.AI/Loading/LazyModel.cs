using System.Diagnostics;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Extensions.AI.Loading;

/// <summary>A model and its tokenizer, each read once, when it is first needed. Safe for concurrent use.</summary>
internal sealed class LazyModel : IAsyncDisposable
{
    private readonly JinaEmbeddingOptions _options;
    private readonly EmbeddingMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ModelStore _store;
    private readonly SharedLoad<string> _folder;
    private readonly SharedLoad<T5Tokenizer> _tokenizer;
    private readonly SharedLoad<LoadedModel> _model;
    private readonly SharedLoad<ReadyModel> _ready;
    private readonly SharedLoad<string> _identity;

    public LazyModel(JinaEmbeddingOptions options, EmbeddingMetrics metrics, ILoggerFactory? loggerFactory)
    {
        _metrics = metrics;
        _options = options;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<JinaEmbeddingGenerator>();
        _store = new ModelStore(StoreOptions(options), loggerFactory);
        _folder = new SharedLoad<string>(ResolveAsync);
        _tokenizer = new SharedLoad<T5Tokenizer>(token => OpenAsync(folder => ModelTokenizer.Open(folder, options), token));
        _model = new SharedLoad<LoadedModel>(token => OpenAsync(Load, token));
        _ready = new SharedLoad<ReadyModel>(LoadAsync);
        _identity = new SharedLoad<string>(token => OpenAsync(folder => ModelIdentity.Of(options.Model, folder, options.PreferOnnxExport), token));
    }

    /// <summary>Gets how far the model is.</summary>
    public JinaModelState State => _ready.State;

    /// <summary>Gets why the last load failed, or null.</summary>
    public Exception? Failure => _ready.Failure;

    /// <summary>Gets the model where it is loaded, else null.</summary>
    public LoadedModel? Loaded => _model.Result;

    /// <exception cref="ObjectDisposedException">Disposal broke off the load.</exception>
    public Task<ReadyModel> GetAsync(CancellationToken cancellationToken) =>
        UnlessDisposedAsync(_ready.GetAsync(cancellationToken), cancellationToken);

    /// <exception cref="ObjectDisposedException">Disposal broke off the load.</exception>
    public Task<T5Tokenizer> GetTokenizerAsync(CancellationToken cancellationToken) =>
        UnlessDisposedAsync(_tokenizer.GetAsync(cancellationToken), cancellationToken);

    /// <summary>Gets a name for what the vectors come from; the weights need not be loaded for it.</summary>
    /// <exception cref="ObjectDisposedException">Disposal broke off the download.</exception>
    public Task<string> GetIdentityAsync(CancellationToken cancellationToken) =>
        UnlessDisposedAsync(_identity.GetAsync(cancellationToken), cancellationToken);

    /// <summary>Returns the tokenizer where it can be had without the network and without an error, else null.</summary>
    public T5Tokenizer? TryGetTokenizer() =>
        _tokenizer.Result ?? TryRead(folder => _tokenizer.Offer(ModelTokenizer.Open(folder, _options)));

    /// <summary>Returns the length of an embedding as far as names and headers tell it, else null.</summary>
    public int? TryGetDimensions() => Loaded?.Runner.Dimensions
        ?? _options.Model.Dimensions
        ?? TryRead(folder => ModelFolder.Open(folder, _options.PreferOnnxExport))?.Dimensions;

    /// <summary>Breaks off a download under way; what is loading on this machine may end.</summary>
    public void StopDownload() => _folder.Stop();

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync().ConfigureAwait(false);
        await _ready.DisposeAsync().ConfigureAwait(false);
        await _model.DisposeAsync().ConfigureAwait(false);
        await _tokenizer.DisposeAsync().ConfigureAwait(false);
        await _folder.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<string> ResolveAsync(CancellationToken cancellationToken)
    {
        var download = new WatchedDownload(_options.DownloadProgress);
        var folder = await _store.ResolveAsync(_options.Model, download, cancellationToken).ConfigureAwait(false);
        if (download.Elapsed is { } elapsed)
        {
            _metrics.Downloaded(elapsed);
        }

        return folder;
    }

    /// <summary>Tokenizer and session take as long as each other to load, so both load at once.</summary>
    private async Task<ReadyModel> LoadAsync(CancellationToken cancellationToken)
    {
        var loadingTokenizer = _tokenizer.GetAsync(cancellationToken);
        var loadingModel = _model.GetAsync(cancellationToken);
        await Task.WhenAll(loadingTokenizer, loadingModel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ReadyModel.Of(await loadingTokenizer.ConfigureAwait(false), await loadingModel.ConfigureAwait(false), LocalFolder()!);
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
        Log.ModelLoaded(_logger, _options.Model.Name, model.Runner.Dimensions, model.MaxTokens, model.GraphPath, watch.ElapsedMilliseconds);
        _metrics.Loaded(watch.Elapsed);
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
