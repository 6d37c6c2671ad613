using System.ComponentModel;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel.Retrieval;

/// <summary>The function by which prompts and chat models search.</summary>
/// <remarks>
/// Semantic Kernel can make one of a text search, too; but that one keeps the count, the skip and the filter of its first
/// call for all later ones.
/// </remarks>
internal sealed class SearchFunction<TRecord>(ITextSearch<TRecord> search)
{
    public const string Name = "Search";

    public KernelFunction Create(string description) => KernelFunctionFactory.CreateFromMethod(SearchAsync, Name, description);

    private async Task<IReadOnlyList<TextSearchResult>> SearchAsync(
        [Description("What to look for, in words or as a question")] string query,
        [Description("The most results")] int count = 3,
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
}
