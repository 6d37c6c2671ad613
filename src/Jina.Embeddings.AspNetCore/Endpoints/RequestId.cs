using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>The id by which a caller and the log speak of one request.</summary>
internal static class RequestId
{
    public const string Header = "x-request-id";

    private const int Longest = 128;
    private const int MadeBytes = 8;

    private static readonly SearchValues<char> Harmless = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.");

    /// <summary>Takes the caller's id, where it is short and of letters, digits and <c>-_.</c>, or makes one, and puts it on the response.</summary>
    public static string Assign(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        var id = given.Length is > 0 and <= Longest && !given.AsSpan().ContainsAnyExcept(Harmless)
            ? given
            : RandomNumberGenerator.GetHexString(2 * MadeBytes, lowercase: true);
        context.Response.Headers[Header] = id;
        return id;
    }
}
