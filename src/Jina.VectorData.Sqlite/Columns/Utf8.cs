using System.Globalization;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>Checks that a text can be stored as UTF-8.</summary>
/// <remarks>
/// A .NET string can contain half of a surrogate pair. It would be stored as U+FFFD, so different keys would become the same key.
/// </remarks>
internal static class Utf8
{
    /// <summary>The end of a message about a text that cannot be stored.</summary>
    public const string Fault = "contains half of a surrogate pair, which is not a character and cannot be stored";

    /// <summary>Determines whether all surrogates of a text are pairs.</summary>
    public static bool IsValid(string text) => IndexOfFault(text) < 0;

    /// <summary>Returns a text that can be stored.</summary>
    /// <exception cref="ArgumentException">The text contains half of a surrogate pair.</exception>
    public static string Require(string text)
    {
        var index = IndexOfFault(text);
        return index < 0 ? text : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"A text {Fault}: U+{(int)text[index]:X4} at position {index} of {text.Length}. ")
            + "Split texts between characters, or remove that half.");
    }

    private static int IndexOfFault(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var i = start; i >= 0 && i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])))
            {
                return i;
            }

            i += char.IsSurrogate(text[i]) ? 1 : 0;
        }

        return -1;
    }
}
