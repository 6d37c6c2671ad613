using Spectre.Console;

namespace RagConsole.Output;

/// <summary>Lines about the work, on stderr, so that stdout holds results alone.</summary>
internal static class Status
{
    /// <summary>The terminal behind stderr; plain text where it is redirected.</summary>
    public static IAnsiConsole Console { get; } =
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });

    public static void Note(string text) => Write(text, new Style(decoration: Decoration.Dim));

    public static void Warning(string text) => Write($"warning: {text}", new Style(Color.Yellow));

    public static void Error(string text) => Write($"error: {text}", new Style(Color.Red));

    /// <summary>Redirected lines are written whole: nobody reads a log at the width of a guessed terminal.</summary>
    private static void Write(string text, Style style)
    {
        var line = Printable.Line(text);
        if (System.Console.IsErrorRedirected)
        {
            System.Console.Error.WriteLine(line);
        }
        else
        {
            Console.Write(new Text(line + Environment.NewLine, style));
        }
    }
}
