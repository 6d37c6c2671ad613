using Spectre.Console;

namespace RagConsole.Output;

/// <summary>Writes status lines to stderr, so that stdout contains only results.</summary>
internal static class Status
{
    /// <summary>Gets the terminal behind stderr. It writes plain text if stderr is redirected.</summary>
    public static IAnsiConsole Console { get; } =
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });

    public static void Note(string text) => Write(text, new Style(decoration: Decoration.Dim));

    public static void Warning(string text) => Write($"warning: {text}", new Style(Color.Yellow));

    public static void Error(string text) => Write($"error: {text}", new Style(Color.Red));

    private static void Write(string text, Style style)
    {
        var line = Printable.Line(text);
        if (System.Console.IsErrorRedirected)
        {
            // Spectre would wrap the line at the width of an assumed terminal.
            System.Console.Error.WriteLine(line);
        }
        else
        {
            Console.Write(new Text(line + Environment.NewLine, style));
        }
    }
}
