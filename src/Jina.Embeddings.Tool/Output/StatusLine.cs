using Jina.Extensions.AI.Diagnostics;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes a line about the current step to stderr.</summary>
internal static class StatusLine
{
    public static void Write(string text) => Console.Error.WriteLine(PrintableText.Message(text));
}
