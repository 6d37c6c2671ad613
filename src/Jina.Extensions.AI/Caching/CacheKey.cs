using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Jina.Extensions.AI.Loading;

namespace Jina.Extensions.AI.Caching;

/// <summary>Names a text's vector by everything that it depends on. Safe for concurrent use.</summary>
/// <param name="model">What the vectors come from; see <see cref="ModelIdentity"/>.</param>
/// <param name="options">The generator's options.</param>
/// <param name="normalized">Whether the vectors have unit length.</param>
internal sealed class CacheKey(string model, JinaEmbeddingOptions options, bool normalized)
{
    private readonly byte[] _circumstances = Encoding.UTF8.GetBytes(
        $"{model}\n{options.Precision}\n{(normalized ? "unit" : "raw")}\n{options.MaxTokens}\n{options.SpecialTokensAsText}\n{options.PreferOnnxExport}\n");

    /// <summary>Returns the key of a text: nobody can read the text from it.</summary>
    public string Of(string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_circumstances);
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        return $"jina-embedding:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
