using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Jina.Extensions.AI.Checkpoints;

namespace Jina.Extensions.AI.Int8Weights;

/// <summary>A name that changes with a checkpoint's weights, without reading all of them at every load.</summary>
/// <remarks>
/// It covers every tensor's name, type and shape, and three samples of each tensor's bytes: training changes every
/// tensor. Damage is not its matter; downloads are verified byte for byte.
/// </remarks>
internal static class WeightFingerprint
{
    private const int SampleBytes = 4096;

    public static string Of(Checkpoint checkpoint)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var byFile in checkpoint.Tensors.Values.Append(checkpoint.Pipeline.Dense).OfType<TensorEntry>()
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).GroupBy(entry => entry.File))
        {
            using var file = CheckpointFile.Open(byFile.Key);
            foreach (var entry in byFile)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{entry.Name} {entry.ElementType} {TensorLayout.Describe(entry.Shape)} {TensorLayout.Describe(entry.Strides)}"));
                AppendSamples(hash, file, entry);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendSamples(IncrementalHash hash, CheckpointFile file, TensorEntry entry)
    {
        var count = (int)Math.Min(SampleBytes, entry.Length);
        var last = entry.Length - count;
        foreach (var start in new[] { 0, last / 2, last }.Distinct())
        {
            hash.AppendData(file.Read(entry.Offset + start, count));
        }
    }
}
