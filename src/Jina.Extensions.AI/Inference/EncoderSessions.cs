using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>
/// A model's sessions: one whose runs take one thread each, so that batches side by side fill the machine, and one that
/// gives all threads to a single run, for a text that is alone.
/// </summary>
/// <remarks>
/// The second one shares the first one's weights and is made in the background once lone runs have shown that it is
/// wanted, so that a process that embeds one text and ends does not pay for it.
/// </remarks>
internal sealed class EncoderSessions : IEncoder, IDisposable
{
    /// <summary>Lone runs that pass before the second session is made.</summary>
    private const int Patience = 2;

    private readonly EncoderSession _narrow;
    private readonly Func<EncoderSession>? _openWide;
    private readonly int _fewestTokens;
    private readonly bool _releaseMemory;
    private readonly SharedWeights? _weights;
    private readonly Lock _lock = new();
    private Task<EncoderSession>? _wide;
    private int _loneRuns;

    /// <param name="narrow">The session of one thread.</param>
    /// <param name="openWide">Makes the session of all threads; null where there is to be none.</param>
    /// <param name="fewestTokens">The fewest tokens that are worth several threads.</param>
    /// <param name="releaseMemory">Whether a run that leaves nothing waiting gives its memory back to the system.</param>
    /// <param name="weights">What both sessions stand on; disposed of after them.</param>
    public EncoderSessions(EncoderSession narrow, Func<EncoderSession>? openWide, int fewestTokens, bool releaseMemory, SharedWeights? weights)
    {
        _narrow = narrow;
        _openWide = openWide;
        _fewestTokens = fewestTokens;
        _releaseMemory = releaseMemory;
        _weights = weights;
    }

    /// <summary>Gets the length of an embedding.</summary>
    public int Dimensions => _narrow.Dimensions;

    /// <summary>Gets the runtime's session.</summary>
    public InferenceSession Session => _narrow.Session;

    public float[][] Run(IReadOnlyList<T5Encoding> texts, OtherWork others, CancellationToken cancellationToken)
    {
        var session = others.IsNone && texts.Sum(text => text.Ids.Count) >= _fewestTokens ? WideIfReady() : _narrow;
        return session.Run(texts, cancellationToken, _releaseMemory && others.Waiting == 0);
    }

    /// <summary>Makes the session of all threads, if there is to be one, without waiting until it is wanted.</summary>
    public Task OpenWideAsync()
    {
        if (_openWide is null)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            return _wide ??= Task.Run(_openWide);
        }
    }

    public void Dispose()
    {
        if (_wide is { } wide)
        {
            // One that could not be made was never used; its failure is nobody's.
            Task.WhenAny(wide).GetAwaiter().GetResult();
            if (wide.IsCompletedSuccessfully)
            {
                wide.Result.Dispose();
            }
        }

        _narrow.Dispose();
        _weights?.Dispose();
    }

    private EncoderSession WideIfReady()
    {
        if (_wide is null && Interlocked.Increment(ref _loneRuns) > Patience)
        {
            OpenWideAsync();
        }

        return _wide is { IsCompletedSuccessfully: true } ? _wide.Result : _narrow;
    }
}
