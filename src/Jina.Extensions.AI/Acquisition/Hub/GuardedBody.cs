namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>An answer's body whose breaks and silences are told as such.</summary>
internal sealed class GuardedBody(Stream body, string path, TimeSpan stall, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        _limit.CancelAfter(stall);
        try
        {
            return await body.ReadAsync(buffer, _limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubException($"{path} stopped coming for {stall.TotalSeconds:0.#} seconds.", exception) { IsTransient = true };
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new HubException($"{path} broke off: {exception.Message.TrimEnd('.')}.", exception) { IsTransient = true };
        }
        finally
        {
            // A slow disk is no silence of the server.
            _limit.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _limit.Dispose();
}
