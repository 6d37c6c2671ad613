using System.Globalization;

namespace RagConsole.Documents;

/// <summary>Specifies what the places in a document count. Databases contain the numbers, so they never change.</summary>
internal enum PlaceUnit
{
    /// <summary>Lines of a text file.</summary>
    Line = 0,

    /// <summary>Pages of a PDF, or of a text as a word processor last laid it out.</summary>
    Page = 1,

    /// <summary>Lines of the source of a web page. Readers of the page do not see them.</summary>
    SourceLine = 2,

    /// <summary>Paragraphs with text, including rows of tables.</summary>
    Paragraph = 3,

    /// <summary>Slides in the order of the presentation, including hidden ones.</summary>
    Slide = 4,

    /// <summary>Files of a book in reading order.</summary>
    Chapter = 5,

    /// <summary>Messages of a mailbox, or a message and the messages that are attached to it.</summary>
    Message = 6,

    /// <summary>The file as a whole.</summary>
    File = 7,
}

/// <summary>Describes places for users.</summary>
internal static class Places
{
    /// <summary>Returns the place of a text: the name of the file and, if a reader can count them, the first and the last place.</summary>
    public static string Describe(string file, PlaceUnit unit, int first, int last)
    {
        var range = first == last
            ? first.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
        return unit switch
        {
            PlaceUnit.Line => string.Create(CultureInfo.InvariantCulture, $"{file}:{first}-{last}"),
            PlaceUnit.Page => $"{file}, {(first == last ? "p." : "pp.")} {range}",
            PlaceUnit.SourceLine or PlaceUnit.File => file,
            _ => $"{file}, {unit.ToString().ToLowerInvariant()}{(first == last ? "" : "s")} {range}",
        };
    }
}
