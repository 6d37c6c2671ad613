using System.Security.Cryptography;
using System.Text;
using Jina.Embeddings.AspNetCore.Rejections;
using Microsoft.Extensions.Primitives;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>The server's API keys, as hashes: comparing takes the same time whatever a request brings.</summary>
internal sealed class ApiKeys(IEnumerable<string> keys)
{
    private const string Scheme = "Bearer ";

    private readonly byte[][] _hashes = [.. keys.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key)))];

    /// <summary>Returns why a request's <c>Authorization</c> does not let it in, or null.</summary>
    public Refusal? Refuse(StringValues authorization)
    {
        if (_hashes.Length == 0)
        {
            return null;
        }

        if (StringValues.IsNullOrEmpty(authorization))
        {
            return new Refusal(RefusalKind.MissingKey, "This server asks for an API key; expected a header 'Authorization: Bearer KEY'.");
        }

        return authorization.Count == 1 && authorization[0]!.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsKnown(authorization[0]![Scheme.Length..].Trim())
            ? null
            : new Refusal(RefusalKind.WrongKey, "The API key is none of this server's; expected a header 'Authorization: Bearer KEY' with one of them.");
    }

    private bool IsKnown(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        var known = false;
        foreach (var expected in _hashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, expected);
        }

        return known;
    }
}
