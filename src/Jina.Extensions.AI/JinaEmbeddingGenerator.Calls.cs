using System.Runtime.CompilerServices;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Extensions.AI.Scheduling;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <content>A call's way from what is given to what is returned, whatever the form of both.</content>
public sealed partial class JinaEmbeddingGenerator
{
    /// <summary>Reads what a call asks for.</summary>
    /// <exception cref="ArgumentException">The call wants what the model cannot give.</exception>
    internal async Task<RequestedOptions> ReadAsync(EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        if (options?.Dimensions is not null && Metadata().DefaultModelDimensions is null)
        {
            // Only the loaded model tells.
            await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        }

        return RequestedOptions.Of(options, Metadata(), Options);
    }

    /// <summary>Gets a name for what the vectors come from, without loading the weights.</summary>
    internal async Task<string> GetIdentityAsync(CancellationToken cancellationToken)
    {
        using var visit = _gate.Enter();
        return await _model.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives vectors the form in which callers get them.</summary>
    internal IEnumerable<Embedding<float>> ToEmbeddings(IEnumerable<ReadOnlyMemory<float>> vectors)
    {
        var modelId = Metadata().DefaultModelId;
        var createdAt = DateTimeOffset.UtcNow;
        return vectors.Select(vector => new Embedding<float>(vector) { ModelId = modelId, CreatedAt = createdAt });
    }

    /// <summary>Tells in a result how many tokens its texts have, and how many of them were cut.</summary>
    internal static GeneratedEmbeddings<Embedding<float>> Count(GeneratedEmbeddings<Embedding<float>> embeddings, long tokens, int truncated)
    {
        embeddings.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        embeddings.AdditionalProperties = new AdditionalPropertiesDictionary { [TruncatedInputsKey] = truncated };
        return embeddings;
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> CollectAsync<T>(
        IEnumerable<T> inputs, Func<InputEncoder, Func<T, int, T5Encoding>> encode, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        var tokens = 0L;
        var truncated = 0;
        await foreach (var window in RunAsync(inputs, encode, options, cancellationToken).ConfigureAwait(false))
        {
            embeddings.AddRange(ToEmbeddings(window));
            tokens += window.Tokens;
            truncated += window.Truncated;
        }

        return Count(embeddings, tokens, truncated);
    }

    private async IAsyncEnumerable<Embedding<float>> StreamAsync(IEnumerable<string> values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var window in RunAsync<string>(values, static encoder => encoder.Encode, options: null, cancellationToken).ConfigureAwait(false))
        {
            foreach (var embedding in ToEmbeddings(window))
            {
                yield return embedding;
            }
        }
    }

    private async IAsyncEnumerable<EmbeddedWindow> RunAsync<T>(
        IEnumerable<T> inputs,
        Func<InputEncoder, Func<T, int, T5Encoding>> encode,
        EmbeddingGenerationOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var visit = _gate.Enter();
        var (tokenizer, model) = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        var requested = await ReadAsync(options, cancellationToken).ConfigureAwait(false);
        var encoder = new InputEncoder(tokenizer, model.MaxTokens, requested.Truncation);
        var run = new EmbeddingRun<T>(encode(encoder), SchedulerOf(model));
        await foreach (var window in run.EmbedAsync(inputs, cancellationToken).ConfigureAwait(false))
        {
            if (requested.Normalize || model.AlwaysUnitLength)
            {
                Array.ForEach(window.Vectors, UnitLength.Normalize);
            }

            if (window.Truncated > 0)
            {
                Log.Truncated(_logger, window.Truncated, window.Vectors.Length, model.MaxTokens);
                Metrics.Truncated(window.Truncated);
            }

            yield return window;
        }
    }

    private EmbeddingScheduler SchedulerOf(LoadedModel model) => LazyInitializer.EnsureInitialized(
        ref _scheduler,
        ref _schedulerLock,
        () => new EmbeddingScheduler(model.Runner, Options.ThreadCount, Options.BatchTokens, _slots, Metrics));

    private IEnumerable<Embedding<float>> ToEmbeddings(EmbeddedWindow window) =>
        ToEmbeddings(window.Vectors.Select(static vector => (ReadOnlyMemory<float>)vector));
}
