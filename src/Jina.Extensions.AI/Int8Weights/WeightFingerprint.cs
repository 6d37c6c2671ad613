using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Int8Weights;

/// <summary>Computes a name that changes with every byte of a checkpoint's weights.</summary>
/// <remarks>
/// The fingerprint covers the name, type, shape and content of every tensor that the vectors depend on. Contents are hashed with XXH3,
/// which is several times as fast as SHA-256 and detects every change that is not made to deceive it. A user who can write the weights
/// determines the vectors anyway.
/// </remarks>
internal static class WeightFingerprint
{
    /// <summary>The bytes that one thread reads and hashes at once.</summary>
    private const int PartBytes = 1 << 20;

    /// <exception cref="JinaModelException">A file cannot be read, or is shorter than its header declares.</exception>
    public static string Compute(Checkpoint checkpoint)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var weights = T5WeightNames.All(checkpoint.Config).Select(name => checkpoint.Tensors[name])
            .Append(checkpoint.Pipeline.Dense).OfType<TensorEntry>();
        foreach (var byFile in weights.OrderBy(entry => entry.Name, StringComparer.Ordinal).GroupBy(entry => entry.File))
        {
            using var file = BoundedFile.Open(byFile.Key);
            foreach (var entry in byFile)
            {
                var layout = $"{TensorLayout.Describe(entry.Shape)} {TensorLayout.Describe(entry.Strides)}";
                hash.AppendData(Encoding.UTF8.GetBytes($"{entry.Name} {entry.ElementType} {layout}"));
                hash.AppendData(HashContent(file, entry));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] HashContent(BoundedFile file, TensorEntry entry)
    {
        var hashes = new UInt128[(entry.Length + PartBytes - 1) / PartBytes];
        void HashPart(int part)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
            var content = buffer.AsSpan(0, (int)Math.Min(PartBytes, entry.Length - ((long)part * PartBytes)));
            file.Read(entry.Offset + ((long)part * PartBytes), content);
            hashes[part] = XxHash128.HashToUInt128(content);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        try
        {
            Parallel.For(0, hashes.Length, HashPart);
        }
        catch (AggregateException e)
        {
            throw e.InnerExceptions[0];
        }

        return [.. hashes.SelectMany(hash => BitConverter.GetBytes(hash))];
    }
}
