using System.Globalization;
using Microsoft.Extensions.VectorData;
using RagConsole.Documents;

namespace RagConsole.Passages;

/// <summary>Represents a part of a document that is embedded, stored, found and shown.</summary>
internal sealed class Passage
{
    /// <summary>Gets or sets the source and the number of the passage.</summary>
    public string Key { get; set; } = "";

    /// <summary>Gets or sets the document, as in <see cref="Documents.DocumentEntry.Source"/>.</summary>
    public string Source { get; set; } = "";

    /// <summary>Gets or sets the name of the document for users.</summary>
    public string File { get; set; } = "";

    /// <summary>Gets or sets the title of the document if it is a web page or a PDF with a title. Otherwise, it is empty.</summary>
    public string Title { get; set; } = "";

    /// <summary>Gets or sets the first line in the file, counted from 1. For a PDF, the page.</summary>
    public int StartLine { get; set; }

    /// <summary>Gets or sets the last line in the file. For a PDF, the page.</summary>
    public int EndLine { get; set; }

    /// <summary>Gets or sets the title and the section, if the text has headings, on a line of their own, and then the text.</summary>
    public string Text { get; set; } = "";

    /// <summary>Gets the place of the passage for users.</summary>
    public string Place => DocumentFormat.DescribePlace(File, StartLine, EndLine);

    /// <summary>Gets the number of the passage in its document, counted from 0.</summary>
    public int Number => int.Parse(Key.AsSpan(Key.LastIndexOf('\n') + 1), CultureInfo.InvariantCulture);

    /// <summary>Gets the text that the store embeds.</summary>
    public string Embedding => Text;

    /// <summary>Returns the key of a passage.</summary>
    public static string GetKey(string source, int number) => string.Create(CultureInfo.InvariantCulture, $"{source}\n{number}");

    /// <summary>Defines the stored columns. Attributes cannot be used here, because the dimensions depend on the model.</summary>
    public static VectorStoreCollectionDefinition Define(int dimensions) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Key), typeof(string)),
            new VectorStoreDataProperty(nameof(Source), typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(File), typeof(string)),
            new VectorStoreDataProperty(nameof(Title), typeof(string)),
            new VectorStoreDataProperty(nameof(StartLine), typeof(int)),
            new VectorStoreDataProperty(nameof(EndLine), typeof(int)),
            new VectorStoreDataProperty(nameof(Text), typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreVectorProperty(nameof(Embedding), typeof(string), dimensions),
        ],
    };
}
