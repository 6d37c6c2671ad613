using System.Text;
using Jina.Evaluation.Datasets;
using RagConsole.Documents;

namespace RagConsole.Evaluation;

/// <summary>A retrieval task whose corpus is ingested as files are.</summary>
/// <param name="Documents">The corpus; a document's file is its id.</param>
/// <param name="Queries">The queries that have judgements.</param>
internal sealed record RetrievalTask(DocumentList Documents, IReadOnlyList<BeirQuery> Queries)
{
    private const string Extension = ".txt";

    /// <summary>Reads a folder in the layout of BEIR.</summary>
    /// <exception cref="DatasetException">A file is missing, or not of the layout.</exception>
    public static RetrievalTask Read(string folder)
    {
        var task = BeirFolder.Open(folder);
        var root = Path.GetFullPath(folder);
        return new RetrievalTask(new DocumentList(root, [.. task.Documents().Select(document => Entry(root, document))], []), task.Queries);
    }

    /// <summary>Returns the document's id.</summary>
    public static string IdOf(string file) => file[..^Extension.Length];

    private static DocumentEntry Entry(string root, BeirDocument document)
    {
        var content = Encoding.UTF8.GetBytes($"{document.Title}\n{document.Text}");
        return new DocumentEntry(root, document.Id + Extension, content.Length, () => content);
    }
}
