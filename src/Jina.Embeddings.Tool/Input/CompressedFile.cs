using System.IO.Compression;
using ZstdSharp;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Opens files that can be compressed with gzip or zstd. The first bytes determine the compression, not the name.</summary>
internal static class CompressedFile
{
    /// <summary>By default, .NET reads a gzip file that ends too early as if it were whole.</summary>
    static CompressedFile() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    private static ReadOnlySpan<byte> GzipMark => [0x1f, 0x8b];

    private static ReadOnlySpan<byte> ZstdMark => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>Returns a stream of the decompressed bytes, or the file itself if it is not compressed.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="name">The name of the file for messages.</param>
    public static Stream Decompress(FileStream file, string name)
    {
        if (!file.CanSeek)
        {
            return file;
        }

        Span<byte> first = stackalloc byte[4];
        first = first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return (first.StartsWith(GzipMark), first.StartsWith(ZstdMark)) switch
        {
            (true, _) => new CheckedStream(new GZipStream(file, CompressionMode.Decompress), name, "gzip"),
            (_, true) => new CheckedStream(new DecompressionStream(file, leaveOpen: false), name, "zstd"),
            _ => file,
        };
    }

    /// <summary>Represents a stream that reports damaged data with the name of the file.</summary>
    private sealed class CheckedStream(Stream inner, string name, string compression) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            try
            {
                return inner.Read(buffer);
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdException)
            {
                throw new CommandException(
                    $"{name}: The {compression} data is damaged or ends too early ({e.Message}); expected a whole file. "
                    + "Copy the file again.");
            }
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // Decompression is work for a processor, and the streams below do not wait long for a file.
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
