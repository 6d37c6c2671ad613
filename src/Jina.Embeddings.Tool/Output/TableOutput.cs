using Spectre.Console;
using Spectre.Console.Rendering;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes tables to stdout.</summary>
internal static class TableOutput
{
    /// <summary>Gets the border of tables: lines, or ASCII characters if the encoding of stdout does not have the lines.</summary>
    public static TableBorder Border => Has("╭─│╯") ? TableBorder.Rounded : TableBorder.Ascii;

    /// <summary>Writes a table. Redirected lines have no trailing blanks.</summary>
    public static void Write(IRenderable content)
    {
        if (!Console.IsOutputRedirected)
        {
            AnsiConsole.Write(content);
            return;
        }

        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = AnsiConsole.Profile.Width;
        console.Profile.Encoding = Console.OutputEncoding;
        console.Write(content);
        foreach (var line in text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n'))
        {
            Console.WriteLine(line.TrimEnd());
        }
    }

    private static bool Has(string characters)
    {
        var encoding = Console.OutputEncoding;
        return encoding.GetString(encoding.GetBytes(characters)) == characters;
    }
}
