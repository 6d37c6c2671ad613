namespace Jina.Embeddings.Tool.Output;

/// <summary>Whoever read stdout has closed it (<c>| head -1</c>): there is nothing left to do, and nothing to report.</summary>
internal sealed class ReaderGoneException(Exception inner) : Exception("Nobody reads stdout any more.", inner);
