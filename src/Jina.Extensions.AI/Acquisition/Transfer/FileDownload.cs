using System.IO.Pipelines;
using System.Net;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Checkpoints;
using Polly;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Fetches one file: goes on where an earlier attempt or process stopped, verifies, and only then gives it its name.</summary>
internal sealed class FileDownload(
    HubClient hub, ResiliencePipeline retry, TransferLimits limits, DownloadMeter meter, string repository, string commit, RemoteFile remote)
{
    private const int SegmentSize = 1 << 18;

    /// <summary>At most 2 MB of a file are in memory.</summary>
    private static readonly PipeOptions PipeOptions = new(
        pauseWriterThreshold: 8 * SegmentSize, resumeWriterThreshold: 4 * SegmentSize, minimumSegmentSize: SegmentSize, useSynchronizationContext: false);

    private bool _wasDamaged;

    public async Task<ManifestFile> FetchAsync(string partialPath, string target, CancellationToken cancellationToken)
    {
        string sha256;
        using (var partial = await PartialFile.OpenAsync(partialPath, remote, cancellationToken).ConfigureAwait(false))
        {
            meter.Add(remote.Path, partial.Length, received: false);
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
                await retry.ExecuteAsync(async token => await AttemptAsync(partial, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (HubException exception) when (exception.IsTransient && partial.Length > before)
            {
                // It came further than last time: the line is bad but alive, and patience starts anew.
            }
        }
    }

    private async Task AttemptAsync(PartialFile partial, CancellationToken cancellationToken)
    {
        var isWhole = remote.Size is { } size ? partial.Length == size : partial.Length > 0 && partial.Matches();
        if (!isWhole)
        {
            await ReceiveAsync(partial, cancellationToken).ConfigureAwait(false);
        }

        if (partial.Length < remote.Size)
        {
            throw new HubException($"{remote.Path} broke off after {partial.Length} of {remote.Size} bytes.") { IsTransient = true };
        }

        if (!partial.Matches())
        {
            throw Damaged(partial, $"its hash is not {remote.Digest!.Hex}, the one that the hub gives (its SHA-256 is {partial.Sha256()})");
        }
    }

    private async Task ReceiveAsync(PartialFile partial, CancellationToken cancellationToken)
    {
        using var answer = await hub.OpenAsync(repository, commit, remote.Path, partial.Length, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw Damaged(partial, $"the server has nothing beyond byte {partial.Length}, although the hub says {remote.Size} bytes");
        }

        if (partial.Length > 0 && answer.Content.Headers.ContentRange?.From != partial.Length)
        {
            if (answer.StatusCode == HttpStatusCode.PartialContent)
            {
                throw Damaged(partial, $"the server sent another range than the one asked for, from byte {partial.Length} on");
            }

            // The server has no ranges and sends the whole file again.
            Restart(partial);
        }

        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            using var guarded = new GuardedBody(body, remote.Path, limits.Stall, cancellationToken);
            await CopyAsync(guarded, partial).ConfigureAwait(false);
        }
    }

    /// <summary>Receives while what came before is being written and hashed.</summary>
    private async Task CopyAsync(GuardedBody body, PartialFile partial)
    {
        var pipe = new Pipe(PipeOptions);
        var drain = partial.DrainAsync(pipe.Reader);
        var position = partial.Length;
        try
        {
            while (!(position > remote.Size))
            {
                var room = pipe.Writer.GetMemory();
                var read = await body.ReadAsync(room).ConfigureAwait(false);
                if (position == 0 && ForeignContent.IsWebPage(room.Span[..read]))
                {
                    throw HubAnswer.WebPage($"The server of {remote.Path}");
                }

                position += read;
                meter.Add(remote.Path, read);
                pipe.Writer.Advance(read);
                var flushed = await pipe.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                if (read == 0 || flushed.IsCompleted)
                {
                    break; // The end; or the disk refused, and the drain below says why.
                }
            }
        }
        finally
        {
            // Also what came before a break is kept, so that the next attempt goes on behind it.
            await pipe.Writer.CompleteAsync().ConfigureAwait(false);
            await drain.ConfigureAwait(false);
        }

        if (position > remote.Size)
        {
            throw Damaged(partial, $"the server sends more than the {remote.Size} bytes that the hub says");
        }
    }

    private HubException Damaged(PartialFile partial, string what)
    {
        Restart(partial);
        var isTransient = !_wasDamaged;
        _wasDamaged = true;
        return new HubException($"{remote.Path} arrived damaged{(isTransient ? "" : " twice")}: {what}. Nothing of it was kept.")
        {
            IsTransient = isTransient,
        };
    }

    private void Restart(PartialFile partial)
    {
        meter.Add(remote.Path, -partial.Length, received: false);
        partial.Restart();
    }
}
