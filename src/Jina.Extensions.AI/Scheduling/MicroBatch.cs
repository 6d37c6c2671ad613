using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Scheduling;

/// <summary>Texts of like length, of one or several calls, that run together.</summary>
internal sealed class MicroBatch(int maxTokens)
{
    private readonly List<(TextWindow Window, int Index)> _places = [];
    private readonly List<T5Encoding> _texts = [];
    private BatchShape _shape = new(maxTokens);

    /// <summary>Gets the texts' ids.</summary>
    public IReadOnlyList<T5Encoding> Texts => _texts;

    /// <summary>Gets the calls that wait for the batch.</summary>
    public IEnumerable<EmbeddingCall> Calls => _places.Select(static place => place.Window.Call).Distinct();

    /// <summary>Gets or sets what else there was to do when the batch was taken.</summary>
    public OtherWork Others { get; set; }

    /// <summary>Takes a window's next text, if it fits.</summary>
    public bool TryTakeFrom(TextWindow window)
    {
        if (window.Waiting == 0 || !_shape.TryAdd(window.NextLength))
        {
            return false;
        }

        var (index, text) = window.Take();
        _places.Add((window, index));
        _texts.Add(text);
        return true;
    }

    /// <summary>Gives each caller its vectors, in the order of <see cref="Texts"/>.</summary>
    public void Complete(float[][] vectors)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            _places[i].Window.Complete(_places[i].Index, vectors[i]);
        }
    }

    /// <summary>Tells every caller that still waits what went wrong.</summary>
    public void Fail(Exception failure) => _places.ForEach(place => place.Window.Fail(failure));
}
