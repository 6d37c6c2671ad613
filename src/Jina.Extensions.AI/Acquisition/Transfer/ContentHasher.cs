using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Hashes a file while it passes by: always its SHA-256, and SHA-1 where only that is known of it.</summary>
internal sealed class ContentHasher : IDisposable
{
    private readonly ContentDigest? _expected;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? _sha1;
    private readonly IncrementalHash? _gitBlob;

    public ContentHasher(ContentDigest? expected, long? size)
    {
        _expected = expected;
        if (expected is { IsSha256: false })
        {
            // Not for safety against forgery: these are the only digests that the hub gives of small files.
#pragma warning disable CA5350
            _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
            _gitBlob = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
            _gitBlob.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {size ?? 0}\0")));
        }
    }

    /// <summary>Hashes a whole file.</summary>
    public static async Task<ContentHasher> ReadAsync(string path, ContentDigest? expected, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            var hasher = new ContentHasher(expected, file.Length);
            try
            {
                await hasher.AppendAsync(file, cancellationToken).ConfigureAwait(false);
                return hasher;
            }
            catch
            {
                hasher.Dispose();
                throw;
            }
        }
    }

    /// <summary>Hashes a stream to its end.</summary>
    public async Task AppendAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _sha1?.AppendData(bytes);
        _gitBlob?.AppendData(bytes);
    }

    /// <summary>Returns the SHA-256 of what has passed so far, as lower-case hexadecimal.</summary>
    public string Sha256() => Hex(_sha256);

    /// <summary>Says whether what has passed so far is what was expected; where nothing was, it is.</summary>
    public bool Matches() =>
        _expected is null
        || (_expected.IsSha256 ? Hex(_sha256) == _expected.Hex : Hex(_sha1!) == _expected.Hex || Hex(_gitBlob!) == _expected.Hex);

    public void Dispose()
    {
        _sha256.Dispose();
        _sha1?.Dispose();
        _gitBlob?.Dispose();
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}
