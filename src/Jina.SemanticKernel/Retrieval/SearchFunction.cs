using System.Collections.ObjectModel;
using System.ComponentModel;
using Jina.Retrieval;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Retrieval;

#pragma warning disable SKEXP0001 // Text search is experimental. It is a service that callers resolve, not part of a signature.
/// <summary>Represents the search function that prompts and chat models call.</summary>
/// <remarks>
/// Semantic Kernel can also create a function from a text search. That function reuses the count, skip and filter of its first
/// call for all later calls.
/// </remarks>
internal sealed class SearchFunction<TRecord>(ITextSearch<TRecord> search)
{
    public const string Name = "Search";

    public KernelFunction Create(string description) => KernelFunctionFactory.CreateFromMethod(SearchAsync, Name, description);

    private async Task<IReadOnlyList<TextSearchResult>> SearchAsync(
        [Description("The words or the question to search for")] string query,
        [Description("The maximum number of results")] int count = 3,
        [Description("How many of the best results to leave out, to page through them")] int skip = 0,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return new PassageList([]);
        }

        var options = new TextSearchOptions<TRecord> { Top = count, Skip = skip };
        var found = await search.GetTextSearchResultsAsync(query, options, cancellationToken).ConfigureAwait(false);
        return new PassageList(await found.Results.ToListAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Represents search results that a prompt template can insert: templates call <see cref="ToString"/>.</summary>
    private sealed class PassageList(IList<TextSearchResult> results) : ReadOnlyCollection<TextSearchResult>(results)
    {
        /// <summary>Returns the passages, each with a number, name and link for a model to cite.</summary>
        public override string ToString() =>
            this.Select(result => new RetrievedPassage(result.Value, result.Name, result.Link)).ToNumberedText();
    }
}
#pragma warning restore SKEXP0001
