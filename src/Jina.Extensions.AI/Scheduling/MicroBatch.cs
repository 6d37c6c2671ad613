using System.Collections;
using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>Texts of like length, of one or several calls, that run together.</summary>
internal sealed class MicroBatch : IReadOnlyList<T5Encoding>
{
    private readonly List<(TextWindow Window, int Index)> _places;
    private BatchShape _shape;

    /// <param name="maxTokens">The most tokens, padding included.</param>
    /// <param name="length">The tokens of the text that comes first.</param>
    public MicroBatch(int maxTokens, int length)
    {
        _shape = new BatchShape(maxTokens);
        _places = new List<(TextWindow, int)>(Math.Max(1, maxTokens / length));
    }

    /// <summary>Gets the number of texts.</summary>
    public int Count => _places.Count;

    /// <summary>Gets the texts' own tokens.</summary>
    public int Tokens => _shape.Tokens;

    /// <summary>Gets the tokens, padding included.</summary>
    public int PaddedTokens => _shape.PaddedTokens;

    /// <summary>Gets when each text was queued, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public IEnumerable<long> QueueTimes => _places.Select(static place => place.Window.Queued);

    /// <summary>Gets or sets what else there was to do when the batch was taken.</summary>
    public OtherWork Others { get; set; }

    /// <summary>Gets the calls that wait for the batch, most often one.</summary>
    public IReadOnlyList<EmbeddingCall> Calls
    {
        get
        {
            var first = _places[0].Window.Call;
            return _places.TrueForAll(place => place.Window.Call == first) ? [first] : [.. _places.Select(static place => place.Window.Call).Distinct()];
        }
    }

    /// <summary>Gets a text's ids.</summary>
    public T5Encoding this[int place] => _places[place].Window.Texts[_places[place].Index];

    /// <summary>Takes a window's next text, if it fits.</summary>
    public bool TryTakeFrom(TextWindow window)
    {
        if (window.Waiting == 0 || !_shape.TryAdd(window.NextLength))
        {
            return false;
        }

        _places.Add((window, window.Take()));
        return true;
    }

    /// <summary>Gives each caller its vectors, in the order of the texts.</summary>
    /// <exception cref="InvalidOperationException">There are not as many vectors as texts.</exception>
    public void Complete(float[][] vectors)
    {
        if (vectors.Length != Count)
        {
            throw new InvalidOperationException($"The encoder gave {vectors.Length} vectors for {Count} texts.");
        }

        for (var i = 0; i < vectors.Length; i++)
        {
            _places[i].Window.Complete(_places[i].Index, vectors[i]);
        }
    }

    /// <summary>Tells every caller that still waits what went wrong.</summary>
    public void Fail(Exception failure) => _places.ForEach(place => place.Window.Fail(failure));

    public IEnumerator<T5Encoding> GetEnumerator() => _places.Select(static place => place.Window.Texts[place.Index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
