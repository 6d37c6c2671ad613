using System.Collections.ObjectModel;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Retrieval;

/// <summary>What a search found. A prompt template puts its <see cref="ToString"/> into the prompt, where a plain list would leave the name of its type.</summary>
internal sealed class PassageList(IList<TextSearchResult> results) : ReadOnlyCollection<TextSearchResult>(results)
{
    /// <summary>Returns the passages with a number, name and link each, for a model to read and cite.</summary>
    public override string ToString() => string.Join("\n\n", this.Select((result, index) => $"{Heading(index + 1, result)}\n{result.Value}"));

    private static string Heading(int number, TextSearchResult result) =>
        string.Join(' ', new[] { $"[{number}]", result.Name, result.Link }.Where(part => !string.IsNullOrEmpty(part)));
}
