using System.Text;
using Spectre.Console;

namespace RagConsole.Output;

/// <summary>Represents the characters around texts on a terminal. An encoding without them would show a question mark.</summary>
/// <param name="Bullet">The start of an item of a list.</param>
/// <param name="Separator">The character between two texts.</param>
/// <param name="Missing">The text in place of a value that is unknown.</param>
/// <param name="Border">The border of a table.</param>
internal sealed record Symbols(string Bullet, string Separator, string Missing, TableBorder Border)
{
    private static readonly Symbols Unicode = new("•", "·", "–", TableBorder.Rounded);

    private static readonly Symbols Ascii = new("-", "|", "-", TableBorder.Ascii);

    /// <summary>Returns the symbols for an encoding.</summary>
    public static Symbols For(Encoding encoding)
    {
        const string Needed = "•·–╭─│╯";
        return encoding.GetString(encoding.GetBytes(Needed)) == Needed ? Unicode : Ascii;
    }
}
