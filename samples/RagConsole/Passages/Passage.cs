using System.Globalization;
using Microsoft.Extensions.VectorData;
using RagConsole.Documents;

namespace RagConsole.Passages;

/// <summary>Represents a part of a document that is embedded, stored, found and shown.</summary>
internal sealed class Passage
{
    /// <summary>Gets or sets the source, the version of the document, and the number of the passage.</summary>
    public string Key { get; set; } = "";

    /// <summary>Gets or sets the document, as in <see cref="Documents.DocumentEntry.Source"/>.</summary>
    public string Source { get; set; } = "";

    /// <summary>Gets or sets the absolute path of the folder, or the name of another collection, that contains the document.</summary>
    public string Root { get; set; } = "";

    /// <summary>Gets or sets the name of the document below the root.</summary>
    public string File { get; set; } = "";

    /// <summary>Gets or sets the title that the file of the document declares, or an empty string.</summary>
    public string Title { get; set; } = "";

    /// <summary>Gets or sets the first line in the file, counted from 1, or the first place in another unit.</summary>
    public int StartLine { get; set; }

    /// <summary>Gets or sets the last line in the file, or the last place in another unit.</summary>
    public int EndLine { get; set; }

    /// <summary>Gets or sets the unit of the places.</summary>
    public PlaceUnit Unit { get; set; }

    /// <summary>Gets or sets the title and the section, if the text has headings, on a line of their own, and then the text.</summary>
    public string Text { get; set; } = "";

    /// <summary>Gets the place of the passage in its folder, for users.</summary>
    public string Place => DescribePlace(File);

    /// <summary>Gets the number of the passage in its document, counted from 0.</summary>
    public int Number => int.Parse(Key.AsSpan(Key.LastIndexOf('\n') + 1), CultureInfo.InvariantCulture);

    /// <summary>Gets the text that the store embeds.</summary>
    public string Embedding => Text;

    /// <summary>Returns the place of the passage for users.</summary>
    /// <param name="file">The name or the path of the file.</param>
    public string DescribePlace(string file) => Places.Describe(file, Unit, StartLine, EndLine);

    /// <summary>Returns the key of a passage.</summary>
    public static string GetKey(string source, string version, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{source}\n{version}\n{number}");

    /// <summary>Defines the stored columns. Attributes cannot be used here, because the dimensions depend on the model.</summary>
    /// <param name="dimensions">The dimensions of the model. If null, passages can be read and deleted, but not stored.</param>
    public static VectorStoreCollectionDefinition Define(int? dimensions)
    {
        var definition = new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty(nameof(Key), typeof(string)),
                new VectorStoreDataProperty(nameof(Source), typeof(string)) { IsIndexed = true },
                new VectorStoreDataProperty(nameof(Root), typeof(string)) { IsIndexed = true },
                new VectorStoreDataProperty(nameof(File), typeof(string)),
                new VectorStoreDataProperty(nameof(Title), typeof(string)),
                new VectorStoreDataProperty(nameof(StartLine), typeof(int)),
                new VectorStoreDataProperty(nameof(EndLine), typeof(int)),
                new VectorStoreDataProperty(nameof(Unit), typeof(PlaceUnit)),
                new VectorStoreDataProperty(nameof(Text), typeof(string)) { IsFullTextIndexed = true },
            ],
        };
        if (dimensions is { } length)
        {
            definition.Properties.Add(new VectorStoreVectorProperty(nameof(Embedding), typeof(string), length));
        }

        return definition;
    }
}
