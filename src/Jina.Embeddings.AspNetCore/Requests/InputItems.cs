using System.Globalization;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Names and counts the items of a list of inputs.</summary>
internal static class InputItems
{
    /// <summary>Returns the name of an item of a list, for messages.</summary>
    public static string Name(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");

    /// <summary>Rejects a request that has as many inputs as are allowed, and one more.</summary>
    public static void ThrowIfFull(int count, int maxInputs)
    {
        if (count == maxInputs)
        {
            throw new RejectedException(new Rejection(
                RejectionKind.TooManyInputs,
                $"The request has more than {maxInputs} inputs. Send at most {maxInputs} inputs per request.",
                "input"));
        }
    }
}
