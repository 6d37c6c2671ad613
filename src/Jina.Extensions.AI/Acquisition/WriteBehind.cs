namespace Jina.Extensions.AI.Acquisition;

/// <summary>Lets bytes be received into one buffer while those of another are written and hashed.</summary>
/// <remarks>
/// A buffer is handed over when it is full or the writer has nothing to do: a slow line writes at once, a fast one in
/// large pieces.
/// </remarks>
internal sealed class WriteBehind(PartialFile partial, int capacity)
{
    private byte[] _filling = new byte[capacity];
    private byte[] _writing = new byte[capacity];
    private int _filled;
    private Task _write = Task.CompletedTask;

    /// <summary>Gets where the next bytes go; there is always room for one.</summary>
    public Memory<byte> Room => _filling.AsMemory(_filled);

    /// <summary>Takes over bytes that were put into <see cref="Room"/>.</summary>
    public ValueTask AddAsync(int count)
    {
        _filled += count;
        return _filled == _filling.Length || _write.IsCompleted ? new(HandOverAsync()) : ValueTask.CompletedTask;
    }

    /// <summary>Waits until everything is written.</summary>
    public async Task FlushAsync()
    {
        await HandOverAsync().ConfigureAwait(false);
        await _write.ConfigureAwait(false);
    }

    private async Task HandOverAsync()
    {
        await _write.ConfigureAwait(false);
        (_filling, _writing) = (_writing, _filling);
        _write = partial.AppendAsync(_writing.AsMemory(0, _filled));
        _filled = 0;
    }
}
