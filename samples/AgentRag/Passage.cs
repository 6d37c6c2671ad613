using System.Text.RegularExpressions;
using Microsoft.Extensions.VectorData;

namespace AgentRag;

/// <summary>Represents a part of a document, with the columns that RagConsole's database has.</summary>
internal sealed partial class Passage
{
    public string Key { get; set; } = "";

    public string File { get; set; } = "";

    public int StartLine { get; set; }

    public int EndLine { get; set; }

    public string Text { get; set; } = "";

    /// <summary>Gets the source to cite. The name of a file can contain line feeds and other invisible characters.</summary>
    public string Place => $"{Invisible().Replace(File, match => $"\\u{(int)match.Value[0]:x4}")}:{StartLine}-{EndLine}";

    /// <summary>Gets the text that the store embeds.</summary>
    public string Embedding => Text;

    /// <summary>Defines the stored columns. Attributes cannot be used here, because the dimensions depend on the model.</summary>
    public static VectorStoreCollectionDefinition Define(int dimensions) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Key), typeof(string)),
            new VectorStoreDataProperty(nameof(File), typeof(string)),
            new VectorStoreDataProperty(nameof(StartLine), typeof(int)),
            new VectorStoreDataProperty(nameof(EndLine), typeof(int)),
            new VectorStoreDataProperty(nameof(Text), typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreVectorProperty(nameof(Embedding), typeof(string), dimensions),
        ],
    };

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]")]
    private static partial Regex Invisible();
}
