using System.Globalization;
using System.Text;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Makes messages printable and short, because they can contain keys and names of a foreign file.</summary>
internal static class MessageText
{
    /// <summary>The longest message: enough for the names of a hundred columns.</summary>
    public const int MaxLength = 4000;

    /// <summary>The longest key or other value in a message.</summary>
    private const int MaxValueLength = 200;

    /// <summary>Returns a message whose control characters are escaped, truncated to <see cref="MaxLength"/>.</summary>
    public static string Of(string message) => Clean(message, MaxLength);

    /// <summary>Returns a value for a message.</summary>
    public static string OfValue(object? value) => Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", MaxValueLength);

    private static string Clean(string text, int maxLength)
    {
        var clean = new StringBuilder();
        foreach (var character in text)
        {
            if (clean.Length >= maxLength)
            {
                return clean.Append('…').ToString();
            }

            var isPrintable = !char.IsControl(character) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format;
            clean.Append(isPrintable ? character : $"\\u{(int)character:X4}");
        }

        return clean.ToString();
    }
}
