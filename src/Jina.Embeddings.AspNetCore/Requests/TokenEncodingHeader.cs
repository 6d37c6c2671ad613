using Jina.Embeddings.AspNetCore.Rejections;
using Microsoft.Extensions.Primitives;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the header that specifies the encoding of a request's token IDs.</summary>
internal static class TokenEncodingHeader
{
    /// <summary>The name of the header.</summary>
    public const string Name = "X-Token-Encoding";

    /// <summary>Returns the encoding that the header specifies, or the option's encoding without a header.</summary>
    /// <exception cref="RejectedException">The header has another value.</exception>
    public static TokenIdEncoding Read(StringValues header, TokenIdEncoding option)
    {
        if (header.Count == 0)
        {
            return option;
        }

        var name = header.ToString();
        return TokenIdEncodingNames.Find(name)
            ?? throw RejectedException.InvalidBody(
                $"The header {Name} is '{RejectionText.Shorten(name)}'. Expected {TokenIdEncodingNames.Expected}.");
    }
}
