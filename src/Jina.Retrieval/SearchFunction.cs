using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace Jina.Retrieval;

/// <summary>Represents the search function that chat models call.</summary>
internal sealed class SearchFunction<TRecord>(PassageRetriever<TRecord> retriever)
    where TRecord : class
{
    public AIFunction Create(string name, string description) => AIFunctionFactory.Create(SearchAsync, name, description);

    private async Task<string> SearchAsync(
        [Description("The words or the question to search for")] string query, CancellationToken cancellationToken)
    {
        var passages = await retriever.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return passages.Count > 0 ? passages.ToNumberedText() : "No passages were found.";
    }
}
