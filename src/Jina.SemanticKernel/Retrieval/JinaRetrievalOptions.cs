using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel;

/// <summary>Represents the options for searching a collection and for offering that search to a kernel.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public sealed class JinaRetrievalOptions<TRecord>
    where TRecord : class
{
    /// <summary>Gets or sets the name of the kernel plugin: ASCII letters, digits and underscores.</summary>
    /// <value>
    /// If <see langword="null"/> (the default), the name of the collection is used, with an underscore in place of every other
    /// character.
    /// </value>
    public string? PluginName { get; set; }

    /// <summary>Gets or sets the description of the search function. Chat models read it to decide whether to call the function.</summary>
    /// <value>The default describes a search for passages in general. Replace it with what your collection is about.</value>
    public string FunctionDescription { get; set; } = "Finds the stored passages that are nearest in meaning to a question.";

    /// <summary>Gets or sets the definition of the records.</summary>
    /// <value>If <see langword="null"/> (the default), the attributes of <typeparamref name="TRecord"/> define the records.</value>
    public VectorStoreCollectionDefinition? Definition { get; set; }

    /// <summary>Gets or sets the function that converts a record to a search result with text, name and link.</summary>
    /// <value>
    /// If <see langword="null"/> (the default), the properties marked with <see cref="TextSearchResultValueAttribute"/>,
    /// <see cref="TextSearchResultNameAttribute"/> and <see cref="TextSearchResultLinkAttribute"/> are used.
    /// </value>
    public Func<TRecord, TextSearchResult>? ToResult { get; set; }

    /// <summary>Gets or sets the function that converts a question to keywords, so that searches use them as well as the vector.</summary>
    /// <value>
    /// If <see langword="null"/> (the default), searches are by vector only. <c>Keywords.FromQuestion</c> of
    /// <c>Jina.VectorData.Sqlite</c> is such a function.
    /// </value>
    /// <remarks>
    /// The collection must implement <see cref="IKeywordHybridSearchable{TRecord}"/>, and the records need one string property with a
    /// full-text index. The scores are those of the hybrid search. If the function returns no keywords, only the vector counts.
    /// </remarks>
    public Func<string, ICollection<string>>? ToKeywords { get; set; }
}
