using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Jina.Extensions.AI.Caching;

/// <summary>Creates cache keys from everything that a vector depends on. Safe for concurrent use.</summary>
/// <param name="model">The identity of the model; see <see cref="Loading.ModelDirectory.GetIdentity"/>.</param>
/// <param name="options">The options of the generator.</param>
/// <param name="normalized">Whether the vectors have unit length.</param>
internal sealed class CacheKeys(string model, JinaEmbeddingOptions options, bool normalized)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(
        $"{model}\n{options.Precision}\n{(normalized ? "unit" : "raw")}\n{options.MaxTokens}\n"
        + $"{options.SpecialTokensAsText}\n{options.PreferOnnxExport}\n");

    /// <summary>Returns the key of a text, a hash from which the text cannot be read.</summary>
    public string Create(string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_prefix);
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        return $"jina-embedding:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
