using System.Collections;
using System.Diagnostics;
using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>Represents texts of similar length, from one or several requests, that run together, padded to the longest of them.</summary>
internal sealed class MicroBatch : IReadOnlyList<T5Encoding>
{
    /// <summary>
    /// The most padding of a micro-batch: about as many tokens as the fixed cost of one more run would pay for. A run takes as long
    /// as its tokens plus 10 more, in either precision (docs/performance.md).
    /// </summary>
    public const int MaxPadding = 16;

    private readonly int _maxTokens;
    private readonly List<(TextWindow Window, int Index)> _places;
    private int _longest;

    /// <summary>Initializes an empty micro-batch.</summary>
    /// <param name="maxTokens">The most tokens, padding included. A longer text is a micro-batch of its own.</param>
    /// <param name="length">The number of tokens of the first text.</param>
    public MicroBatch(int maxTokens, int length)
    {
        _maxTokens = maxTokens;
        _places = new List<(TextWindow, int)>(Math.Max(1, maxTokens / length));
    }

    /// <summary>Gets the number of texts.</summary>
    public int Count => _places.Count;

    /// <summary>Gets the number of tokens of the texts, without padding.</summary>
    public int Tokens { get; private set; }

    /// <summary>Gets the number of tokens, padding included.</summary>
    public int PaddedTokens => Count * _longest;

    /// <summary>Gets the time when each text was queued, as a <see cref="Stopwatch"/> timestamp.</summary>
    public IEnumerable<long> QueueTimes => _places.Select(static place => place.Window.Queued);

    /// <summary>Gets or sets the other work at the moment when the micro-batch was taken.</summary>
    public OtherWork Others { get; set; }

    /// <summary>Gets the requests that wait for the micro-batch, most often one.</summary>
    public IReadOnlyList<EmbeddingRequest> Requests
    {
        get
        {
            var first = _places[0].Window.Request;
            return _places.TrueForAll(place => place.Window.Request == first)
                ? [first]
                : [.. _places.Select(static place => place.Window.Request).Distinct()];
        }
    }

    /// <summary>Gets the token IDs of a text.</summary>
    public T5Encoding this[int place] => _places[place].Window.Texts[_places[place].Index];

    /// <summary>Takes a window's next text if it fits. The first text always fits.</summary>
    public bool TryTakeFrom(TextWindow window)
    {
        if (window.Waiting == 0)
        {
            return false;
        }

        var length = window.NextLength;
        var longest = Math.Max(_longest, length);
        var padded = (Count + 1) * longest;
        if (Count > 0 && (padded > _maxTokens || padded - Tokens - length > MaxPadding))
        {
            return false;
        }

        _longest = longest;
        Tokens += length;
        _places.Add((window, window.Take()));
        return true;
    }

    /// <summary>Sets the vectors of the texts, which are in the order of the micro-batch.</summary>
    /// <exception cref="InvalidOperationException">The number of vectors is not the number of texts.</exception>
    public void Complete(float[][] vectors)
    {
        if (vectors.Length != Count)
        {
            throw new InvalidOperationException(
                $"The model returned {vectors.Length} vectors for {Count} texts. Expected one vector per text.");
        }

        for (var i = 0; i < vectors.Length; i++)
        {
            _places[i].Window.Complete(_places[i].Index, vectors[i]);
        }
    }

    /// <summary>Fails the windows of all texts.</summary>
    public void Fail(Exception failure) => _places.ForEach(place => place.Window.Fail(failure));

    public IEnumerator<T5Encoding> GetEnumerator() => _places.Select(static place => place.Window.Texts[place.Index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
