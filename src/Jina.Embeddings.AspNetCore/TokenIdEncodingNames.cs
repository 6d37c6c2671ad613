namespace Jina.Embeddings.AspNetCore;

/// <summary>Converts the encodings of token IDs from and to their names in headers, configuration and on the command line.</summary>
internal static class TokenIdEncodingNames
{
    /// <summary>The accepted names, for messages.</summary>
    public const string Expected = "cl100k_base, o200k_base or model";

    /// <summary>Returns the name of an encoding.</summary>
    public static string Of(TokenIdEncoding encoding) => encoding switch
    {
        TokenIdEncoding.Cl100kBase => "cl100k_base",
        TokenIdEncoding.O200kBase => "o200k_base",
        _ => "model",
    };

    /// <summary>Finds an encoding by its name or by the name of its enum member. Case does not matter.</summary>
    public static TokenIdEncoding? Find(string? name)
    {
        foreach (var encoding in Enum.GetValues<TokenIdEncoding>())
        {
            if (Of(encoding).Equals(name, StringComparison.OrdinalIgnoreCase)
                || encoding.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return encoding;
            }
        }

        return null;
    }
}
