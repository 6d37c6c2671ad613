using System.Text.RegularExpressions;
using Jina.Retrieval;
using Microsoft.Agents.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace Jina.Agents;

/// <summary>Creates context providers for agents from collections.</summary>
public static class ContextProviderExtensions
{
    /// <summary>Returns a context provider that gives an agent the passages of a collection.</summary>
    /// <remarks>
    /// If a search before a turn fails, Agent Framework logs the error and the turn continues without passages. A search by the tool
    /// returns the error to the caller of the tool.
    /// </remarks>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="collection">The collection. It must exist before the first search, and its store must have a generator.</param>
    /// <param name="toPassage">The function that converts a record to a passage.</param>
    /// <param name="configure">
    /// The callback that sets the options. It runs immediately. If <see langword="null"/>, the defaults are used.
    /// </param>
    /// <param name="loggerFactory">The logger factory. If <see langword="null"/>, nothing is logged.</param>
    /// <returns>The context provider, for <see cref="ChatClientAgentOptions.AIContextProviders"/>.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="collection"/> or <paramref name="toPassage"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The options have a function for keywords, but the collection has no hybrid search.
    /// </exception>
    public static TextSearchProvider AsContextProvider<TRecord>(
        this IVectorSearchable<TRecord> collection,
        Func<TRecord, RetrievedPassage> toPassage,
        Action<JinaContextProviderOptions<TRecord>>? configure = null,
        ILoggerFactory? loggerFactory = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(collection);
        var options = new JinaContextProviderOptions<TRecord>();
        var metadata = (VectorStoreCollectionMetadata?)collection.GetService(typeof(VectorStoreCollectionMetadata));
        if (metadata?.CollectionName is { } name)
        {
            // An agent rejects two providers with one state key, and chat services reject two tools with one name.
            options.Provider.StateKey = $"{nameof(TextSearchProvider)}:{name}";
            options.Provider.FunctionToolName = $"search_{Regex.Replace(name, "[^0-9A-Za-z_-]", "_")}";
        }

        configure?.Invoke(options);
        var retriever = new PassageRetriever<TRecord>(collection, toPassage, options);
        return new TextSearchProvider(SearchAsync, options.Provider, loggerFactory);

        async Task<IEnumerable<TextSearchProvider.TextSearchResult>> SearchAsync(string question, CancellationToken cancellationToken) =>
            from passage in await retriever.FindAsync(question, cancellationToken).ConfigureAwait(false)
            select new TextSearchProvider.TextSearchResult
            {
                Text = passage.Text,
                SourceName = passage.Name,
                SourceLink = passage.Link,
                RawRepresentation = passage,
            };
    }
}
