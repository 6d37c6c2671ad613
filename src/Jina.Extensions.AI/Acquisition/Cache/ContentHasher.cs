using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>Hashes a file in parts: always its SHA-256, and its SHA-1 if only that digest is expected.</summary>
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
            // SHA-1 does not protect against forgery here. The hub has no other digest of small files.
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
        if (RegularFile.LengthOf(path) == 0)
        {
            // A pipe or a device has no contents either.
            return new ContentHasher(expected, 0);
        }

        var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous);
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

    /// <summary>Returns the SHA-256 of the bytes so far, in lowercase hexadecimal digits.</summary>
    public string Sha256() => Hex(_sha256);

    /// <summary>Determines whether the bytes so far have the expected digest. If no digest is expected, they do.</summary>
    public bool Matches()
    {
        if (_expected is null)
        {
            return true;
        }

        return _expected.IsSha256 ? Hex(_sha256) == _expected.Hex : Hex(_sha1!) == _expected.Hex || Hex(_gitBlob!) == _expected.Hex;
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _sha1?.Dispose();
        _gitBlob?.Dispose();
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}
