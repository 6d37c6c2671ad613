using System.Security.Cryptography;
using System.Text;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Int8Weights;

/// <summary>Computes a name that changes with a checkpoint's weights, without reading all of them at every load.</summary>
/// <remarks>
/// The fingerprint covers the name, type and shape of every tensor, and three samples of its bytes, because training changes every
/// tensor. It does not detect damage. Downloads are verified byte for byte.
/// </remarks>
internal static class WeightFingerprint
{
    private const int SampleBytes = 4096;

    public static string Compute(Checkpoint checkpoint)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var byFile in checkpoint.AllWeights.OrderBy(entry => entry.Name, StringComparer.Ordinal).GroupBy(entry => entry.File))
        {
            using var file = BoundedFile.Open(byFile.Key);
            foreach (var entry in byFile)
            {
                var layout = $"{TensorLayout.Describe(entry.Shape)} {TensorLayout.Describe(entry.Strides)}";
                hash.AppendData(Encoding.UTF8.GetBytes($"{entry.Name} {entry.ElementType} {layout}"));
                AppendSamples(hash, file, entry);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendSamples(IncrementalHash hash, BoundedFile file, TensorEntry entry)
    {
        var count = (int)Math.Min(SampleBytes, entry.Length);
        var last = entry.Length - count;
        foreach (var start in new[] { 0, last / 2, last }.Distinct())
        {
            hash.AppendData(file.Read(entry.Offset + start, count));
        }
    }
}
