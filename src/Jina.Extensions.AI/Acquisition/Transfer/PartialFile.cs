using System.IO.Pipelines;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Represents a file that is being downloaded. It is hashed while it grows, and a later process can resume it.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly RemoteFile _remote;
    private readonly FileStream _stream;
    private ContentHasher _hasher;

    private PartialFile(RemoteFile remote, FileStream stream)
    {
        _remote = remote;
        _stream = stream;
        _hasher = new ContentHasher(remote.Digest, remote.Size);
    }

    public long Length => _stream.Length;

    /// <summary>
    /// Opens the file of an earlier download. Its name contains the content's digest, so it can only be a part of the same content.
    /// Without a digest, the download starts from the beginning.
    /// </summary>
    public static async Task<PartialFile> OpenAsync(string path, RemoteFile remote, CancellationToken cancellationToken)
    {
        var partial = new PartialFile(remote, CacheFile.OpenForDownload(path));
        try
        {
            if (remote.Digest is null || partial.Length > remote.Size)
            {
                partial.Restart();
            }

            await partial._hasher.AppendAsync(partial._stream, cancellationToken).ConfigureAwait(false);
            return partial;
        }
        catch
        {
            // An open file would lock out the next attempt.
            partial.Dispose();
            throw;
        }
    }

    /// <summary>Writes and hashes all bytes that arrive in a pipe, both at the same time.</summary>
    public async Task DrainAsync(PipeReader reader)
    {
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                foreach (var segment in result.Buffer)
                {
                    await Task.WhenAll(Task.Run(() => Write(segment)), Task.Run(() => _hasher.Append(segment.Span))).ConfigureAwait(false);
                }

                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Discards all received bytes.</summary>
    public void Restart()
    {
        _stream.SetLength(0);
        _hasher.Dispose();
        _hasher = new ContentHasher(_remote.Digest, _remote.Size);
    }

    /// <summary>Determines whether the file begins like a web page.</summary>
    public bool IsWebPage()
    {
        var head = new byte[ForeignContent.HeadLength];
        return ForeignContent.IsWebPage(head.AsSpan(0, RandomAccess.Read(_stream.SafeFileHandle, head, 0)));
    }

    public bool Matches() => _hasher.Matches();

    public string Sha256() => _hasher.Sha256();

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            _stream.Write(bytes.Span);
        }
        catch (IOException exception)
        {
            throw DiskSpace.WriteFailed(_stream.Name, _remote.Size - Length, exception);
        }
    }

    public void Dispose()
    {
        _hasher.Dispose();
        _stream.Dispose();
    }
}
