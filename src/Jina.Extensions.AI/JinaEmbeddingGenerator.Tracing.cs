using System.Runtime.CompilerServices;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tokenization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI;

/// <content>The spans of requests, for applications that listen to them.</content>
public sealed partial class JinaEmbeddingGenerator
{
    /// <summary>Embeds the texts of one request, and creates its spans if an application listens.</summary>
    private IAsyncEnumerable<TextWindow> EmbedAsync(
        Func<InputTokenizer, IAsyncEnumerable<T5Encoding>> tokenize,
        int count,
        EmbeddingGenerationOptions? options,
        CancellationToken cancellationToken) =>
        RequestTrace.IsListening
            ? TraceAsync(tokenize, count, options, cancellationToken)
            : EmbedAsync(tokenize, count, options, trace: null, cancellationToken);

    private async IAsyncEnumerable<TextWindow> TraceAsync(
        Func<InputTokenizer, IAsyncEnumerable<T5Encoding>> tokenize,
        int count,
        EmbeddingGenerationOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var trace = RequestTrace.Start(Options.Model.Name);
        var windows = EmbedAsync(tokenize, count, options, trace, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (windows.ConfigureAwait(false))
        {
            while (await MoveNextAsync(windows, trace).ConfigureAwait(false))
            {
                yield return windows.Current;
            }
        }
    }

    /// <summary>Embeds the chunks of a document, and creates the spans of the request if an application listens.</summary>
    private async Task<GeneratedEmbeddings<Embedding<float>>> TraceLateAsync(
        IEnumerable<string> chunks, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        using var trace = RequestTrace.IsListening ? RequestTrace.Start(Options.Model.Name) : null;
        try
        {
            return await EmbedLateAsync(chunks, options, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            trace?.Failed(e);
            throw;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<TextWindow> windows, RequestTrace? trace)
    {
        try
        {
            return await windows.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            trace?.Failed(e);
            throw;
        }
    }
}
