using Microsoft.Extensions.VectorData;

namespace RagConsole.Retrieval;

/// <summary>A piece of a document, as it is embedded, stored, found and shown.</summary>
internal sealed class Passage
{
    /// <summary>The document and the number of the piece.</summary>
    public string Key { get; set; } = "";

    /// <summary>The document, as <see cref="Documents.DocumentEntry.Source"/> names it.</summary>
    public string Source { get; set; } = "";

    /// <summary>The document as it is shown.</summary>
    public string File { get; set; } = "";

    /// <summary>The first line in the file, from 1; of a PDF, the page.</summary>
    public int StartLine { get; set; }

    /// <summary>The last line.</summary>
    public int EndLine { get; set; }

    public string Text { get; set; } = "";

    /// <summary>Where the passage stands, as it is shown.</summary>
    public string Place => $"{File}:{StartLine}-{EndLine}";

    /// <summary>What the store has embedded when it stores the passage.</summary>
    public string Embedding => Text;

    /// <summary>How passages are stored, with vectors of a model's length.</summary>
    public static VectorStoreCollectionDefinition Definition(int dimensions) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Key), typeof(string)),
            new VectorStoreDataProperty(nameof(Source), typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(File), typeof(string)),
            new VectorStoreDataProperty(nameof(StartLine), typeof(int)),
            new VectorStoreDataProperty(nameof(EndLine), typeof(int)),
            new VectorStoreDataProperty(nameof(Text), typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreVectorProperty(nameof(Embedding), typeof(string), dimensions),
        ],
    };
}
