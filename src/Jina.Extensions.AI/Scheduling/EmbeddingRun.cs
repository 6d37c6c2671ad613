using System.Runtime.CompilerServices;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>One call's way from texts to vectors, window by window: texts are read while earlier ones run.</summary>
/// <typeparam name="T">What a text is given as.</typeparam>
/// <param name="encode">Turns a text, and its place among the caller's, into ids; its exceptions are the caller's.</param>
/// <param name="scheduler">Where the texts run.</param>
internal sealed class EmbeddingRun<T>(Func<T, int, T5Encoding> encode, EmbeddingScheduler scheduler)
{
    /// <summary>The most texts of a window: enough that like lengths meet.</summary>
    private const int WindowTexts = 2048;

    /// <summary>The tokens that fill a window.</summary>
    private const int WindowTokens = 32768;

    /// <summary>The windows that are under way while the next is read; with the limits above they bound a call's memory.</summary>
    private const int WindowsUnderWay = 2;

    /// <summary>Embeds the texts, which are enumerated once, on any thread.</summary>
    public async IAsyncEnumerable<EmbeddedWindow> EmbedAsync(IEnumerable<T> values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Whoever leaves early, by a failure or by reading no further, takes the rest out of the queue.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = new EmbeddingCall(leaving.Token);
        using var registration = leaving.Token.Register(() => scheduler.Cancel(call));
        var underWay = new Queue<TextWindow>();
        await scheduler.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var texts = values.GetEnumerator();
            var first = 0;
            _ = values.TryGetNonEnumeratedCount(out var count);
            while (await Task.Run(() => ReadWindow(texts, call, first, count - first, cancellationToken), cancellationToken).ConfigureAwait(false) is { } window)
            {
                first += window.Waiting;
                underWay.Enqueue(window);
                scheduler.Add(window);
                if (underWay.Count > WindowsUnderWay)
                {
                    yield return await FinishAsync(underWay, cancellationToken).ConfigureAwait(false);
                }
            }

            while (underWay.Count > 0)
            {
                yield return await FinishAsync(underWay, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (underWay.Count > 0)
            {
                await leaving.CancelAsync().ConfigureAwait(false);
            }

            scheduler.Leave(call);
        }
    }

    private static async Task<EmbeddedWindow> FinishAsync(Queue<TextWindow> underWay, CancellationToken cancellationToken)
    {
        try
        {
            var vectors = await underWay.Peek().Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            var window = underWay.Dequeue();
            return new EmbeddedWindow(vectors, window.Tokens, window.Truncated);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            // The window may have ended by the call's token; the caller knows only its own.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    private TextWindow? ReadWindow(IEnumerator<T> texts, EmbeddingCall call, int first, int expected, CancellationToken cancellationToken)
    {
        var encodings = new List<T5Encoding>(Math.Clamp(expected, 0, WindowTexts));
        var tokens = 0;
        var truncated = 0;
        while (encodings.Count < WindowTexts && tokens < WindowTokens && texts.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var encoding = encode(texts.Current, first + encodings.Count);
            truncated += encoding.Truncated ? 1 : 0;
            tokens += encoding.Ids.Count;
            encodings.Add(encoding);
        }

        return encodings.Count == 0 ? null : new TextWindow(call, encodings, truncated);
    }
}
