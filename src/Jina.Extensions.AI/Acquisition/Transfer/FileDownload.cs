using System.IO.Pipelines;
using System.Net;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;
using Polly;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Downloads one file: resumes an earlier attempt or process, verifies the file, and only then gives it its name.</summary>
internal sealed class FileDownload(
    HubClient hub, ResiliencePipeline retry, TransferLimits limits, DownloadMeter meter, RemoteModel model, RemoteFile remote)
{
    private const int SegmentSize = 1 << 18;

    /// <summary>At most 2 MB of a file are in memory.</summary>
    private static readonly PipeOptions PipeOptions = new(
        pauseWriterThreshold: 8 * SegmentSize,
        resumeWriterThreshold: 4 * SegmentSize,
        minimumSegmentSize: SegmentSize,
        useSynchronizationContext: false);

    /// <summary>The size of the file, or the largest size that such a file can have.</summary>
    private readonly long _maximum = remote.Size ?? ModelFiles.MaximumSize(remote.Path);

    private TransferPace _pace = null!;
    private bool _wasDamaged;
    private int _sentAgain;

    public async Task<ManifestFile> RunAsync(string partialPath, string target, CancellationToken cancellationToken)
    {
        string sha256;
        using (var partial = await PartialFile.OpenAsync(partialPath, remote, cancellationToken).ConfigureAwait(false))
        {
            meter.Add(remote.Path, partial.Length, received: false);
            _pace = new TransferPace(remote.Path, limits, partial.Length);
            await CompleteAsync(partial, cancellationToken).ConfigureAwait(false);
            sha256 = partial.Sha256();
        }

        return ManifestFile.Install(partialPath, target, remote.Path, sha256);
    }

    private async Task CompleteAsync(PartialFile partial, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = partial.Length;
            try
            {
                await retry.ExecuteAsync(async token => await AttemptAsync(partial, token).ConfigureAwait(false), cancellationToken)
                    .ConfigureAwait(false);
                return;
            }
            catch (HubException exception) when (exception.IsTransient && partial.Length > before)
            {
                // The connection is bad but makes progress, so the retries are counted from the start again.
            }
        }
    }

    private async Task AttemptAsync(PartialFile partial, CancellationToken cancellationToken)
    {
        var isWhole = remote.Size is { } size ? partial.Length == size : partial.Length > 0 && partial.Matches();
        if (!isWhole)
        {
            _pace.ThrowIfSlow(partial.Length);
            await ReceiveAsync(partial, cancellationToken).ConfigureAwait(false);
        }

        if (partial.Length < remote.Size)
        {
            throw new HubException($"{remote.Path} was interrupted after {partial.Length} of {remote.Size} bytes.") { IsTransient = true };
        }

        if (partial.Length == 0 && remote.Size is null)
        {
            throw new HubException($"{remote.Path} arrived empty.") { IsTransient = true };
        }

        // A page that arrives in small pieces is not recognized while it arrives.
        if (remote.Digest is null && partial.IsWebPage())
        {
            Restart(partial);
            throw HubResponse.WebPage($"The server of {remote.Path}");
        }

        if (!partial.Matches())
        {
            throw Damaged(partial, $"its hash is not {remote.Digest!.Hex}, which the hub sent (its SHA-256 is {partial.Sha256()})");
        }
    }

    private async Task ReceiveAsync(PartialFile partial, CancellationToken cancellationToken)
    {
        using var answer = await hub.OpenAsync(model.Repository, model.Commit, remote.Path, partial.Length, cancellationToken)
            .ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw Damaged(partial, $"the server has no bytes after byte {partial.Length}, although the hub declares {remote.Size} bytes");
        }

        var range = answer.Content.Headers.ContentRange;
        var isRequested = range?.From == partial.Length && (range.Length ?? remote.Size) == (remote.Size ?? range.Length);
        if (answer.StatusCode == HttpStatusCode.PartialContent && !isRequested)
        {
            throw Damaged(partial, $"the server sent another range than the requested one, from byte {partial.Length}");
        }

        if (partial.Length > 0 && !isRequested)
        {
            // The server does not support ranges and sends the whole file again.
            ThrowIfSentTooOften();
            Restart(partial);
        }

        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            using var guarded = new GuardedBody(body, remote.Path, limits.Stall, cancellationToken);
            await CopyAsync(guarded, partial).ConfigureAwait(false);
        }
    }

    /// <summary>Receives bytes while earlier ones are written and hashed.</summary>
    private async Task CopyAsync(GuardedBody body, PartialFile partial)
    {
        var pipe = new Pipe(PipeOptions);
        var drain = partial.DrainAsync(pipe.Reader);
        var position = partial.Length;
        try
        {
            while (position <= _maximum)
            {
                var room = pipe.Writer.GetMemory();
                var read = await body.ReadAsync(room).ConfigureAwait(false);
                if (position == 0 && ForeignContent.IsWebPage(room.Span[..read]))
                {
                    throw HubResponse.WebPage($"The server of {remote.Path}");
                }

                position += read;
                meter.Add(remote.Path, read);
                pipe.Writer.Advance(read);
                var flushed = await pipe.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                if (read == 0 || flushed.IsCompleted)
                {
                    break; // The body has ended; or a write failed, and awaiting the drain below throws the reason.
                }

                _pace.ThrowIfSlow(position);
            }
        }
        finally
        {
            // Bytes that were received before an interruption are kept, so that the next attempt resumes after them.
            await pipe.Writer.CompleteAsync().ConfigureAwait(false);
            await drain.ConfigureAwait(false);
        }

        if (position > _maximum)
        {
            if (remote.Size is null)
            {
                Restart(partial);
                throw remote.TooLarge($"The server sent more than {_maximum} bytes of {remote.Path}");
            }

            throw Damaged(partial, $"the server sent more than the {remote.Size} bytes that the hub declares");
        }
    }

    private void ThrowIfSentTooOften()
    {
        if (++_sentAgain > limits.Retries)
        {
            throw new HubException(
                $"{remote.Path} was interrupted {_sentAgain} times, and the server does not resume it (it ignores Range).");
        }
    }

    private HubException Damaged(PartialFile partial, string what)
    {
        Restart(partial);
        var isTransient = !_wasDamaged;
        _wasDamaged = true;
        return new HubException($"{remote.Path} arrived damaged{(isTransient ? "" : " twice")}: {what}. The received bytes were discarded.")
        {
            IsTransient = isTransient,
        };
    }

    private void Restart(PartialFile partial)
    {
        meter.Add(remote.Path, -partial.Length, received: false);
        partial.Restart();
        _pace.Restart();
    }

    /// <summary>Reads the body of a response, and reports interruptions and stalls as errors of the hub.</summary>
    private sealed class GuardedBody(Stream body, string path, TimeSpan stall, CancellationToken cancellationToken) : IDisposable
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
                throw new HubException($"No byte of {path} arrived for {stall.TotalSeconds:0.#} seconds.", exception)
                {
                    IsTransient = true,
                };
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                throw new HubException($"{path} was interrupted: {exception.Message.TrimEnd('.')}.", exception) { IsTransient = true };
            }
            finally
            {
                // Time that a slow disk takes does not count as a stall of the server.
                _limit.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose() => _limit.Dispose();
    }
}
