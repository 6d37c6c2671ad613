using System.Diagnostics;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Extensions.AI.Loading;

/// <summary>Loads a model and its tokenizer when they are first needed, each once. Safe for concurrent use.</summary>
internal sealed class LazyModel : IAsyncDisposable
{
    private readonly JinaEmbeddingOptions _options;
    private readonly EmbeddingMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ModelStore _store;
    private readonly SharedLoad<ModelDirectory> _directory;
    private readonly SharedLoad<T5Tokenizer> _tokenizer;
    private readonly SharedLoad<InferenceRunner> _runner;
    private readonly SharedLoad<LoadedModel> _model;
    private readonly SharedLoad<InferenceRunner> _tokenRunner;
    private readonly SharedLoad<Identity> _identity;
    private volatile EncoderGraph? _tokenGraph;
    private TimeSpan _tokenizerTime;
    private TimeSpan _sessionTime;

    public LazyModel(JinaEmbeddingOptions options, EmbeddingMetrics metrics, ILoggerFactory? loggerFactory)
    {
        _options = options;
        _metrics = metrics;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<JinaEmbeddingGenerator>();
        _store = new ModelStore(CreateStoreOptions(options), loggerFactory);
        _directory = new SharedLoad<ModelDirectory>(ResolveAsync);
        _tokenizer = new SharedLoad<T5Tokenizer>(token => OpenAsync(OpenTokenizer, token));
        _runner = new SharedLoad<InferenceRunner>(token => OpenAsync(OpenRunner, token));
        _model = new SharedLoad<LoadedModel>(LoadAsync);
        _tokenRunner = new SharedLoad<InferenceRunner>(OpenTokenRunnerAsync);
        _identity = new SharedLoad<Identity>(
            token => OpenAsync(directory => new Identity(directory, directory.GetIdentity(options.Model)), token));
    }

    /// <summary>Gets the load state of the model.</summary>
    public JinaModelState State => _model.State;

    /// <summary>Gets the error of the last load, or <see langword="null"/>.</summary>
    public Exception? Failure => _model.Failure;

    /// <summary>Gets the model if it is loaded; otherwise, <see langword="null"/>.</summary>
    public LoadedModel? Loaded => _model.Result;

    /// <summary>Gets the times that the tokenizer and the session of the loaded model took, which are opened at the same time.</summary>
    public (TimeSpan Tokenizer, TimeSpan Session) LoadTimes => (_tokenizerTime, _sessionTime);

    /// <exception cref="ObjectDisposedException">The generator was disposed during the load.</exception>
    public Task<LoadedModel> GetAsync(CancellationToken cancellationToken) =>
        UnlessDisposedAsync(_model.GetAsync(cancellationToken), cancellationToken);

    /// <exception cref="ObjectDisposedException">The generator was disposed during the load.</exception>
    public Task<T5Tokenizer> GetTokenizerAsync(CancellationToken cancellationToken) =>
        UnlessDisposedAsync(_tokenizer.GetAsync(cancellationToken), cancellationToken);

    /// <summary>
    /// Gets the runner that returns the sums of spans of tokens. It is opened when it is first needed, over the weights of the model.
    /// </summary>
    /// <exception cref="JinaModelException">The graph cannot be written or opened, or the files have changed since the load.</exception>
    /// <exception cref="NotSupportedException">The model is an ONNX export.</exception>
    /// <exception cref="ObjectDisposedException">The generator was disposed during the load.</exception>
    public Task<InferenceRunner> GetTokenRunnerAsync(CancellationToken cancellationToken) =>
        UnlessDisposedAsync(_tokenRunner.GetAsync(cancellationToken), cancellationToken);

    /// <summary>Gets a name for the source of the vectors. The weights are not loaded for it.</summary>
    /// <remarks>The name can change if a load fails because files have changed. Once the model is loaded, it does not change.</remarks>
    /// <exception cref="JinaModelException">The files cannot be read, or they have changed since the model was loaded.</exception>
    /// <exception cref="ObjectDisposedException">The generator was disposed during the download.</exception>
    public Task<string> GetIdentityAsync(CancellationToken cancellationToken) =>
        UnlessDisposedAsync(FindIdentityAsync(cancellationToken), cancellationToken);

    /// <summary>
    /// Returns the tokenizer if it can be opened without the network and without an error; otherwise, <see langword="null"/>.
    /// </summary>
    public T5Tokenizer? TryGetTokenizer() =>
        _tokenizer.Result ?? TryRead(directory => _tokenizer.Offer(directory.OpenTokenizer(_options)));

    /// <summary>
    /// Returns the length of an embedding if the model's name or its headers contain it; otherwise, <see langword="null"/>.
    /// </summary>
    public int? TryGetDimensions() =>
        Loaded?.Runner.Dimensions ?? _options.Model.Dimensions ?? TryRead(directory => directory.Dimensions);

    /// <summary>
    /// Returns the name of the vectors' source if the model is on this machine and its files can be read; otherwise,
    /// <see langword="null"/>.
    /// </summary>
    public string? TryGetIdentity() => TryRead(directory => directory.GetIdentity(_options.Model));

    /// <summary>Stops a download. Loading from this machine continues.</summary>
    public void StopDownload() => _directory.Stop();

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync().ConfigureAwait(false);
        await _tokenRunner.DisposeAsync().ConfigureAwait(false);
        await _model.DisposeAsync().ConfigureAwait(false);
        await _runner.DisposeAsync().ConfigureAwait(false);
        await _tokenizer.DisposeAsync().ConfigureAwait(false);
        await _directory.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<string> FindIdentityAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var identity = await _identity.GetAsync(cancellationToken).ConfigureAwait(false);
            if (identity.Directory == await _directory.GetAsync(cancellationToken).ConfigureAwait(false))
            {
                return identity.Name;
            }

            // The files were described again since, and the model that will be loaded has the new description.
            _identity.Forget(identity);
        }
    }

    private async Task<ModelDirectory> ResolveAsync(CancellationToken cancellationToken)
    {
        var progress = new TimedProgress(_options.DownloadProgress);
        var path = await _store.ResolveAsync(_options.Model, progress, cancellationToken).ConfigureAwait(false);
        if (progress.Elapsed is { } elapsed)
        {
            _metrics.Downloaded(elapsed);
        }

        return new ModelDirectory(path, _options.PreferOnnxExport);
    }

    /// <summary>Loads tokenizer and sessions at the same time, and starts the runtime while the files are described.</summary>
    private async Task<LoadedModel> LoadAsync(CancellationToken cancellationToken)
    {
        var startingRuntime = Task.Run(RuntimeTelemetry.Disable, CancellationToken.None);
        var loadingTokenizer = _tokenizer.GetAsync(cancellationToken);
        var loadingRunner = _runner.GetAsync(cancellationToken);
        await Task.WhenAll(startingRuntime, loadingTokenizer, loadingRunner).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var tokenizer = await loadingTokenizer.ConfigureAwait(false);
        var runner = await loadingRunner.ConfigureAwait(false);
        return LoadedModel.Create(await _directory.GetAsync(cancellationToken).ConfigureAwait(false), tokenizer, runner);
    }

    /// <summary>Opens a part of the model directory. If that fails and the model is on the hub, the files are repaired once.</summary>
    private async Task<T> OpenAsync<T>(Func<ModelDirectory, T> open, CancellationToken cancellationToken)
    {
        var directory = await _directory.GetAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return open(directory);
        }
        catch (Exception exception)
        {
            Forget(directory);
            if (exception is not JinaModelException || _options.Model.Repository is null)
            {
                throw;
            }

            // Damage that did not change a file's size and time is found only here.
            await _store.RepairAsync(_options.Model, _options.DownloadProgress, cancellationToken).ConfigureAwait(false);
            return open(await _directory.GetAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>
    /// Discards a description, which keeps what it read, because the files can be different at the next attempt. A loaded model keeps
    /// its description.
    /// </summary>
    private void Forget(ModelDirectory directory)
    {
        if (_runner.Result is null)
        {
            _directory.Forget(directory);
            _tokenizer.Forget(_tokenizer.Result);
        }
    }

    private T5Tokenizer OpenTokenizer(ModelDirectory directory)
    {
        var watch = Stopwatch.StartNew();
        var tokenizer = directory.OpenTokenizer(_options);
        _tokenizerTime = watch.Elapsed;
        return tokenizer;
    }

    private InferenceRunner OpenRunner(ModelDirectory directory)
    {
        var watch = Stopwatch.StartNew();

        // A token limit that is too large is an error before int8 weights are generated.
        var maxTokens = directory.GetMaxTokens(_options);
        var graph = directory.EnsureGraph(_store.CacheDirectory, _options.Precision, _options.WeightQuantizationProgress);
        var runner = RequireUnchanged(directory, InferenceRunner.Open(graph, _options, directory.DenseFollowsExport));
        _tokenGraph = graph.Tokens;
        _sessionTime = watch.Elapsed;
        Log.ModelLoaded(_logger, _options.Model.Name, runner.Dimensions, maxTokens, graph.Path, (long)_sessionTime.TotalMilliseconds);
        _metrics.Loaded(_sessionTime);
        return runner;
    }

    private async Task<InferenceRunner> OpenTokenRunnerAsync(CancellationToken cancellationToken)
    {
        // The loaded model keeps its description, and the graph must belong to the same files.
        var model = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        var directory = await _directory.GetAsync(cancellationToken).ConfigureAwait(false);
        directory.ThrowIfChanged();
        var graph = _tokenGraph is { } written && RegularFile.Exists(written.Path)
            ? written
            : directory.EnsureGraph(_store.CacheDirectory, _options.Precision, progress: null, EncoderOutput.Tokens);
        return RequireUnchanged(directory, model.Runner.OpenOther(graph, _options));
    }

    /// <summary>Returns a runner that was opened over the described files. If they have changed meanwhile, disposes it.</summary>
    /// <exception cref="JinaModelException">A file has changed.</exception>
    private static InferenceRunner RequireUnchanged(ModelDirectory directory, InferenceRunner runner)
    {
        try
        {
            directory.ThrowIfChanged();
            return runner;
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads from the model directory if it is on this machine. Errors are left to the first request that needs the file.
    /// </summary>
    private T? TryRead<T>(Func<ModelDirectory, T?> read)
    {
        try
        {
            var directory = _directory.Result
                ?? (_store.TryLocate(_options.Model) is { } path ? new ModelDirectory(path, _options.PreferOnnxExport) : null);
            if (directory is not null && _options.Model.Repository is null)
            {
                // A model of the hub must be verified first.
                directory = _directory.Offer(directory);
            }

            return directory is null ? default : read(directory);
        }
        catch (Exception e) when (e is JinaModelException or ArgumentOutOfRangeException)
        {
            return default;
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
            // Only disposal stops a load that no caller canceled.
            throw new ObjectDisposedException(nameof(JinaEmbeddingGenerator));
        }
    }

    private static ModelStoreOptions CreateStoreOptions(JinaEmbeddingOptions options) => new()
    {
        CacheDirectory = options.CacheDirectory,
        Offline = options.Offline,
        Endpoint = options.HubEndpoint,
        Token = options.HubToken,
    };

    /// <summary>Represents the name of the vectors' source, and the description that it belongs to.</summary>
    private sealed record Identity(ModelDirectory Directory, string Name);

    /// <summary>Forwards the progress of a download and measures its time. Progress is reported only during a download.</summary>
    private sealed class TimedProgress(IProgress<ModelDownloadProgress>? next) : IProgress<ModelDownloadProgress>
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private long _lastReport;

        /// <summary>Gets the time from the request to the last report, or <see langword="null"/> without a report.</summary>
        public TimeSpan? Elapsed =>
            Interlocked.Read(ref _lastReport) is var last and > 0 ? Stopwatch.GetElapsedTime(_start, last) : null;

        public void Report(ModelDownloadProgress value)
        {
            Interlocked.Exchange(ref _lastReport, Stopwatch.GetTimestamp());
            next?.Report(value);
        }
    }
}
