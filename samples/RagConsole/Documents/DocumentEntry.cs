namespace RagConsole.Documents;

/// <summary>A document that can be read.</summary>
/// <param name="Root">Where it comes from: a folder, or another collection of documents.</param>
/// <param name="File">Its name below the root, as it is shown, with forward slashes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Read">Returns its content; called once.</param>
internal sealed record DocumentEntry(string Root, string File, long Bytes, Func<byte[]> Read)
{
    /// <summary>The document among all that a database holds.</summary>
    public string Source => SourceOf(Root, File);

    /// <summary>Returns the source of a document of that name.</summary>
    public static string SourceOf(string root, string file) => $"{root}\n{file}";
}
