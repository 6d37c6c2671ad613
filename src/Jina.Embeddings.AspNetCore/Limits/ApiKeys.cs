using System.Security.Cryptography;
using System.Text;
using Jina.Embeddings.AspNetCore.Rejections;
using Microsoft.Extensions.Primitives;

namespace Jina.Embeddings.AspNetCore.Limits;

/// <summary>Represents the server's API keys as hashes, so that comparing takes the same time for every key.</summary>
internal sealed class ApiKeys(IEnumerable<string> keys)
{
    private const string Scheme = "Bearer ";

    private readonly byte[][] _hashes = [.. keys.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key)))];

    /// <summary>Checks the <c>Authorization</c> header of a request.</summary>
    /// <returns>The rejection, or <see langword="null"/> if the request is authorized.</returns>
    public Rejection? Check(StringValues authorization)
    {
        if (_hashes.Length == 0)
        {
            return null;
        }

        if (StringValues.IsNullOrEmpty(authorization))
        {
            return new Rejection(RejectionKind.MissingKey, "This server requires an API key. Send the header 'Authorization: Bearer KEY'.");
        }

        if (authorization.Count == 1
            && authorization[0]!.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && IsKnown(authorization[0]![Scheme.Length..].Trim()))
        {
            return null;
        }

        return new Rejection(
            RejectionKind.WrongKey,
            "The API key is not valid. Send the header 'Authorization: Bearer KEY' with one of this server's keys.");
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
