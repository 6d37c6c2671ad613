using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tokenization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <content>Late chunking: from the chunks of a document to embeddings that know the whole document.</content>
public sealed partial class JinaEmbeddingGenerator
{
    /// <summary>The fewest tokens per text that late chunking needs: one token of a chunk, and the end token.</summary>
    private const int FewestLateTokens = 2;

    private EmbeddingScheduler? _tokenScheduler;
    private object? _tokenSchedulerLock;

    /// <summary>Embeds the chunks of one document so that each vector depends on the whole document (late chunking).</summary>
    /// <remarks>
    /// <para>The model runs on the chunks together, and a chunk's vector is the mean of its own tokens' vectors. A chunk such as "It has
    /// 3.8 million inhabitants." is then near to questions about the city that an earlier chunk names.</para>
    /// <para>The document is the chunks joined by one space. If it has more tokens than the model's limit, it runs in windows that
    /// overlap by 64 tokens, and a token in two windows has the vector of the earlier one. No chunk is truncated, so
    /// <see cref="TruncationKey"/> has no effect. Chunks that overlap repeat their text in the document, so divide it without an
    /// overlap.</para>
    /// <para>The first call opens a second session over the same weights. Compare these vectors only with vectors of the same model:
    /// queries are embedded as usual, with <see cref="GenerateAsync"/>. Middleware such as a cache is not used.</para>
    /// </remarks>
    /// <param name="chunks">The chunks in the order of the document, which are enumerated once. Each has at least one token.</param>
    /// <param name="options">
    /// The options of this request. <c>ModelId</c> and <c>Dimensions</c> must be the model's own, if they are set. The
    /// <c>AdditionalProperties</c> can contain <see cref="NormalizeKey"/>. If <see langword="null"/>, the generator's options apply.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the work, a running inference included.</param>
    /// <returns>
    /// One vector of the model's dimension per chunk, in the order of the chunks. <c>Usage</c> counts the tokens that the model ran on:
    /// overlaps and one <c>&lt;/s&gt;</c> per window included.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="chunks"/> or one of the chunks is null.</exception>
    /// <exception cref="ArgumentException">
    /// A chunk has no tokens, because it is empty or has only white space, or the options request another model or dimension.
    /// </exception>
    /// <exception cref="InvalidOperationException"><see cref="JinaEmbeddingOptions.MaxTokens"/> is 1.</exception>
    /// <exception cref="NotSupportedException">The model is an ONNX export, which has no vectors of single tokens.</exception>
    /// <exception cref="JinaModelException">
    /// The model's files are missing, damaged or of another kind, or a vector is not finite or has only zeros.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateLateChunksAsync(
        IEnumerable<string> chunks, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return TraceLateAsync(chunks, options, cancellationToken);
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedLateAsync(
        IEnumerable<string> chunks, EmbeddingGenerationOptions? options, RequestTrace? trace, CancellationToken cancellationToken)
    {
        using var visit = _gate.Enter();
        var model = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        var requested = await ReadOptionsAsync(options, cancellationToken).ConfigureAwait(false);
        if (model.MaxTokens < FewestLateTokens)
        {
            throw new InvalidOperationException(
                $"MaxTokens is {model.MaxTokens}, but late chunking needs at least {FewestLateTokens}. Increase it.");
        }

        var runner = await _model.GetTokenRunnerAsync(cancellationToken).ConfigureAwait(false);
        var scheduler = LazyInitializer.EnsureInitialized(ref _tokenScheduler, ref _tokenSchedulerLock, () => CreateScheduler(runner));
        var vectors = new ChunkVectors(new OutputCheck(model.Location, requested.Normalize || model.AlwaysUnitLength));
        var windows = new DocumentTokenizer(model.Tokenizer, model.MaxTokens).Tokenize(chunks, cancellationToken).ToAsyncEnumerable();
        using var request = new EmbeddingRequest(outputs: null, cancellationToken) { IsTraced = trace is not null };
        var tokens = 0L;
        await foreach (var part in request.EmbedAsync(windows, count: 0, scheduler).ConfigureAwait(false))
        {
            var earlierChunks = vectors.Count;
            tokens += part.Tokens;
            for (var i = 0; i < part.Texts.Count; i++)
            {
                vectors.Add(part.Texts[i].Spans!, part.Vectors[i]);
            }

            if (part.Times is { } times)
            {
                trace?.WindowCompleted(times, vectors.Count - earlierChunks, part.Tokens, truncations: 0);
            }
        }

        return WithUsage([.. ToEmbeddings(vectors.Finish().Select(static vector => (ReadOnlyMemory<float>)vector))], tokens, truncated: 0);
    }

    /// <summary>Returns the number of texts and windows that wait, and of their tokens.</summary>
    private (int Texts, long Tokens) CountWaiting()
    {
        var (texts, tokens) = _scheduler?.Waiting ?? default;
        var (windows, windowTokens) = _tokenScheduler?.Waiting ?? default;
        return (texts + windows, tokens + windowTokens);
    }
}
