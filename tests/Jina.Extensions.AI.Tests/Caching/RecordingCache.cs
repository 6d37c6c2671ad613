using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace Jina.Extensions.AI.Tests.Caching;

/// <summary>A cache whose entries are visible to a test, and which fails on demand.</summary>
internal sealed class RecordingCache : IDistributedCache
{
    public ConcurrentDictionary<string, byte[]> Entries { get; } = new();

    public Exception? Failure { get; set; }

    public byte[]? Get(string key) => Failure is null ? Entries.GetValueOrDefault(key) : throw Failure;

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        await Task.Yield();
        token.ThrowIfCancellationRequested();
        return Get(key);
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        Entries[key] = Failure is null ? value : throw Failure;

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        await Task.Yield();
        Set(key, value, options);
    }

    public void Refresh(string key)
    {
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public void Remove(string key) => Entries.TryRemove(key, out _);

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }
}
