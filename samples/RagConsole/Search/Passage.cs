using Jina.Extensions.AI;
using RagConsole.Documents;

namespace RagConsole.Search;

/// <summary>A piece of a document, as it is embedded, found and shown.</summary>
internal sealed record Passage(string File, int StartLine, int EndLine, string Text)
{
    /// <summary>Cuts documents into passages.</summary>
    public static IReadOnlyList<Passage> From(IEnumerable<Document> documents, TokenChunker chunker) =>
    [
        .. from document in documents
           from chunk in chunker.Split(document.Text)
           select new Passage(document.File, chunk.StartLine, chunk.EndLine, document.Text[chunk.Range]),
    ];
}
