using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tokenization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <content>The requests: from texts or token IDs to embeddings.</content>
public sealed partial class JinaEmbeddingGenerator
{
    /// <summary>Embeds texts.</summary>
    /// <param name="values">The texts, which are enumerated once. An empty text has an embedding of its own.</param>
    /// <param name="options">
    /// The options of this request. <c>ModelId</c> and <c>Dimensions</c> must be the model's own, if they are set. The
    /// <c>AdditionalProperties</c> can contain <see cref="NormalizeKey"/> and <see cref="TruncationKey"/>. If
    /// <see langword="null"/>, the generator's options apply.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the work, a running inference included.</param>
    /// <returns>
    /// One vector of the model's dimension per text, in the order of the texts. <c>Usage</c> counts the tokens that the model ran
    /// on: after truncation, <c>&lt;/s&gt;</c> included.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> or one of the texts is null.</exception>
    /// <exception cref="ArgumentException">
    /// The options request another model or dimension, or a text is too long under <see cref="TruncationPolicy.Throw"/>.
    /// </exception>
    /// <exception cref="JinaModelException">
    /// The model's files are missing, damaged or of another kind, or a vector is not finite or has only zeros.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        _ = values.TryGetNonEnumeratedCount(out var count);
        return CollectAsync(EmbedAsync(tokenizer => tokenizer.Tokenize(values), count, options, cancellationToken));
    }

    /// <summary>Embeds texts that are given as token IDs.</summary>
    /// <param name="tokenIds">
    /// The token IDs of each text, which are enumerated once. IDs are in the range from 0 to
    /// <see cref="T5Tokenizer.VocabularySize"/> - 1 of this model's tokenizer. A missing end token is added. A list that is too
    /// long is truncated or rejected, as a text would be.
    /// </param>
    /// <param name="options">The options of this request, as for texts.</param>
    /// <param name="cancellationToken">The token that cancels the work, a running inference included.</param>
    /// <returns>The same result as for the texts themselves.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tokenIds"/> or one of the lists is null.</exception>
    /// <exception cref="ArgumentException">
    /// A token ID is outside the vocabulary, the options request another model or dimension, or a list is too long under
    /// <see cref="TruncationPolicy.Throw"/>.
    /// </exception>
    /// <exception cref="JinaModelException">
    /// The model's files are missing, damaged or of another kind, or a vector is not finite or has only zeros.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateFromTokensAsync(
        IEnumerable<IReadOnlyList<int>> tokenIds, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        _ = tokenIds.TryGetNonEnumeratedCount(out var count);
        return CollectAsync(EmbedAsync(tokenizer => tokenizer.Tokenize(tokenIds), count, options, cancellationToken));
    }

    /// <summary>Embeds any number of texts in bounded memory, and returns each vector as soon as it and all before it are ready.</summary>
    /// <remarks>
    /// <para>Texts are read as vectors are taken, at most a few thousand texts ahead. Vectors that are ready do not wait for a source
    /// that is slow.</para>
    /// <para>When the reader leaves early, the cancellation token of the source is canceled. A source that ignores its token is
    /// disposed once its current move has ended.</para>
    /// </remarks>
    /// <param name="values">The texts, which are enumerated once.</param>
    /// <param name="options">The options of this request, as for <see cref="GenerateAsync"/>.</param>
    /// <param name="cancellationToken">The token that cancels the work, a running inference included.</param>
    /// <returns>One vector of the model's dimension per text, in the order of the texts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> or one of the texts is null.</exception>
    /// <exception cref="ArgumentException">
    /// The options request another model or dimension, or a text is too long under <see cref="TruncationPolicy.Throw"/>.
    /// </exception>
    /// <exception cref="JinaModelException">
    /// The model's files are missing, damaged or of another kind, or a vector is not finite or has only zeros.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IAsyncEnumerable<Embedding<float>> GenerateStreamingAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return StreamAsync(tokenizer => tokenizer.Tokenize(values), options, cancellationToken);
    }

    /// <inheritdoc cref="GenerateStreamingAsync(IEnumerable{string}, EmbeddingGenerationOptions?, CancellationToken)"/>
    public IAsyncEnumerable<Embedding<float>> GenerateStreamingAsync(
        IAsyncEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return StreamAsync(tokenizer => tokenizer.Tokenize(values), options, cancellationToken);
    }

    /// <summary>Embeds any number of texts that are given as token IDs, in bounded memory.</summary>
    /// <remarks>
    /// <inheritdoc cref="GenerateStreamingAsync(IEnumerable{string}, EmbeddingGenerationOptions?, CancellationToken)" path="/remarks/*"/>
    /// </remarks>
    /// <param name="tokenIds">The token IDs of each text, as for <see cref="GenerateFromTokensAsync"/>. They are enumerated once.</param>
    /// <param name="options">The options of this request, as for <see cref="GenerateAsync"/>.</param>
    /// <param name="cancellationToken">The token that cancels the work, a running inference included.</param>
    /// <returns>One vector of the model's dimension per text, in the order of the texts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tokenIds"/> or one of the lists is null.</exception>
    /// <exception cref="ArgumentException">
    /// A token ID is outside the vocabulary, the options request another model or dimension, or a list is too long under
    /// <see cref="TruncationPolicy.Throw"/>.
    /// </exception>
    /// <exception cref="JinaModelException">
    /// The model's files are missing, damaged or of another kind, or a vector is not finite or has only zeros.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IAsyncEnumerable<Embedding<float>> GenerateStreamingFromTokensAsync(
        IEnumerable<IReadOnlyList<int>> tokenIds, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        return StreamAsync(tokenizer => tokenizer.Tokenize(tokenIds), options, cancellationToken);
    }

    /// <inheritdoc
    /// cref="GenerateStreamingFromTokensAsync(IEnumerable{IReadOnlyList{int}}, EmbeddingGenerationOptions?, CancellationToken)"/>
    public IAsyncEnumerable<Embedding<float>> GenerateStreamingFromTokensAsync(
        IAsyncEnumerable<IReadOnlyList<int>> tokenIds,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        return StreamAsync(tokenizer => tokenizer.Tokenize(tokenIds), options, cancellationToken);
    }

    /// <summary>Embeds a text of each of any number of items in bounded memory, and returns each item with its embedding.</summary>
    /// <remarks>
    /// <inheritdoc cref="GenerateStreamingAsync(IEnumerable{string}, EmbeddingGenerationOptions?, CancellationToken)" path="/remarks/*"/>
    /// </remarks>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <param name="items">The items, which are enumerated once.</param>
    /// <param name="selector">A function that returns the text of an item. It is called once per item, on any thread.</param>
    /// <param name="options">The options of this request, as for <see cref="GenerateAsync"/>.</param>
    /// <param name="cancellationToken">The token that cancels the work, a running inference included.</param>
    /// <returns>The items with the vectors of their texts, in the order of the items.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="items"/>, <paramref name="selector"/> or one of the texts is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The options request another model or dimension, or a text is too long under <see cref="TruncationPolicy.Throw"/>.
    /// </exception>
    /// <exception cref="JinaModelException">
    /// The model's files are missing, damaged or of another kind, or a vector is not finite or has only zeros.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IAsyncEnumerable<(T Item, Embedding<float> Embedding)> GenerateAndZipStreamingAsync<T>(
        IEnumerable<T> items,
        Func<T, string> selector,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return GenerateAndZipStreamingAsync(items.ToAsyncEnumerable(), selector, options, cancellationToken);
    }

    /// <inheritdoc
    /// cref="GenerateAndZipStreamingAsync{T}(IEnumerable{T}, Func{T, string}, EmbeddingGenerationOptions?, CancellationToken)"/>
    public IAsyncEnumerable<(T Item, Embedding<float> Embedding)> GenerateAndZipStreamingAsync<T>(
        IAsyncEnumerable<T> items,
        Func<T, string> selector,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(selector);
        return ZipAsync(items, selector, options, cancellationToken);
    }

    /// <summary>Reads the options of a request.</summary>
    /// <exception cref="ArgumentException">The model cannot meet the request.</exception>
    internal async Task<RequestOptions> ReadOptionsAsync(EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        if (options?.Dimensions is not null && Metadata().DefaultModelDimensions is null)
        {
            // Only the loaded model has its dimensions.
            await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        }

        return RequestOptions.Read(options, Metadata(), Options);
    }

    /// <summary>Converts vectors to embeddings with the model's name and the time.</summary>
    internal IEnumerable<Embedding<float>> ToEmbeddings(IEnumerable<ReadOnlyMemory<float>> vectors)
    {
        var modelId = Metadata().DefaultModelId;
        var createdAt = DateTimeOffset.UtcNow;
        return vectors.Select(vector => new Embedding<float>(vector) { ModelId = modelId, CreatedAt = createdAt });
    }

    /// <summary>Sets the number of tokens and of truncated texts of a result, and returns the result.</summary>
    internal static GeneratedEmbeddings<Embedding<float>> WithUsage(
        GeneratedEmbeddings<Embedding<float>> embeddings, long tokens, int truncated)
    {
        embeddings.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        embeddings.AdditionalProperties = new AdditionalPropertiesDictionary { [TruncatedInputsKey] = truncated };
        return embeddings;
    }

    /// <summary>Embeds the texts of one request: waits for the model, tokenizes, and has the scheduler run the windows of texts.</summary>
    private async IAsyncEnumerable<TextWindow> EmbedAsync(
        Func<InputTokenizer, IAsyncEnumerable<T5Encoding>> tokenize,
        int count,
        EmbeddingGenerationOptions? options,
        RequestTrace? trace,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var visit = _gate.Enter();
        var model = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        var requested = await ReadOptionsAsync(options, cancellationToken).ConfigureAwait(false);
        var texts = tokenize(new InputTokenizer(model.Tokenizer, model.MaxTokens, requested.Truncation));
        var outputs = new OutputCheck(model.Location, requested.Normalize || model.AlwaysUnitLength);
        using var request = new EmbeddingRequest(outputs, cancellationToken) { IsTraced = trace is not null };
        await foreach (var window in request.EmbedAsync(texts, count, SchedulerOf(model)).ConfigureAwait(false))
        {
            if (window.Truncated > 0)
            {
                Log.Truncated(_logger, window.Truncated, window.Vectors.Length, model.MaxTokens);
                Metrics.Truncated(window.Truncated);
            }

            if (window.Times is { } times)
            {
                trace?.WindowCompleted(times, window.Vectors.Length, window.Tokens, window.Truncated);
            }

            yield return window;
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> CollectAsync(IAsyncEnumerable<TextWindow> windows)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        var tokens = 0L;
        var truncated = 0;
        await foreach (var window in windows.ConfigureAwait(false))
        {
            embeddings.AddRange(ToEmbeddings(window.Vectors.Select(static vector => (ReadOnlyMemory<float>)vector)));
            tokens += window.Tokens;
            truncated += window.Truncated;
        }

        return WithUsage(embeddings, tokens, truncated);
    }

    private async IAsyncEnumerable<Embedding<float>> StreamAsync(
        Func<InputTokenizer, IAsyncEnumerable<T5Encoding>> tokenize,
        EmbeddingGenerationOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var window in EmbedAsync(tokenize, count: 0, options, cancellationToken).ConfigureAwait(false))
        {
            foreach (var embedding in ToEmbeddings(window.Vectors.Select(static vector => (ReadOnlyMemory<float>)vector)))
            {
                yield return embedding;
            }
        }
    }

    private async IAsyncEnumerable<(T Item, Embedding<float> Embedding)> ZipAsync<T>(
        IAsyncEnumerable<T> items,
        Func<T, string> selector,
        EmbeddingGenerationOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Items are read ahead of their vectors, on another thread.
        var ahead = new ConcurrentQueue<T>();
        var texts = items.Select(item =>
        {
            ahead.Enqueue(item);
            return selector(item);
        });
        await foreach (var embedding in GenerateStreamingAsync(texts, options, cancellationToken).ConfigureAwait(false))
        {
            ahead.TryDequeue(out var item);
            yield return (item!, embedding);
        }
    }
}
