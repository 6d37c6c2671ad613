using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Assigns the ID that identifies a request in the response and in the log.</summary>
internal static class RequestId
{
    private const string Header = "x-request-id";
    private const int MaxLength = 128;
    private const int GeneratedBytes = 8;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.");

    /// <summary>
    /// Returns the caller's ID if it is short and has only letters, digits and <c>-_.</c>, or a new one, and sets the response header.
    /// </summary>
    public static string Assign(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        var id = given.Length is > 0 and <= MaxLength && !given.AsSpan().ContainsAnyExcept(Allowed)
            ? given
            : RandomNumberGenerator.GetHexString(2 * GeneratedBytes, lowercase: true);
        context.Response.Headers[Header] = id;
        return id;
    }
}
