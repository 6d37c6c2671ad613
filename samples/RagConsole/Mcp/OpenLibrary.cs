using Jina.Extensions.AI;
using RagConsole.Passages;

namespace RagConsole.Mcp;

/// <summary>Represents a library whose model is loaded and whose database is open.</summary>
internal sealed record OpenLibrary(
    ModelChoice Model,
    T5Tokenizer Tokenizer,
    PassageStore Store,
    PassageSearch Search,
    Relevance Relevance,
    IndexedFiles Files,
    FileReader Reader);
