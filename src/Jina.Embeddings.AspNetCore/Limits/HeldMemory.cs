namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Counts the bytes that all requests hold, and returns memory to the system after a burst. Safe for concurrent use.</summary>
/// <param name="limit">The maximum number of bytes.</param>
/// <param name="collects">Whether garbage is collected after a burst. In a large process, that could take long.</param>
internal sealed class HeldMemory(long limit, bool collects)
{
    /// <summary>
    /// The bytes of a burst whose memory is returned. An idle process does not collect garbage, so it would keep the memory of its
    /// largest burst. Ordinary requests stay far below this limit.
    /// </summary>
    private const long Burst = 64 * 1024 * 1024;

    private long _held;
    private long _burst;

    /// <summary>Gets the bytes that are held now.</summary>
    public long Bytes => Volatile.Read(ref _held);

    /// <summary>Takes bytes, or returns them if the number is negative.</summary>
    /// <returns>Whether there is enough room.</returns>
    public bool TryChange(long bytes)
    {
        var before = Volatile.Read(ref _held);
        while (bytes <= 0 || before + bytes <= limit)
        {
            var found = Interlocked.CompareExchange(ref _held, before + bytes, before);
            if (found == before)
            {
                Follow(before + bytes);
                return true;
            }

            before = found;
        }

        return false;
    }

    private void Follow(long held)
    {
        if (!collects)
        {
            return;
        }

        if (held >= Burst)
        {
            Volatile.Write(ref _burst, held);
        }
        else if (held == 0 && Interlocked.Exchange(ref _burst, 0) > 0)
        {
            ThreadPool.QueueUserWorkItem(
                static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
        }
    }
}
