using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

namespace Jina.SemanticKernel;

/// <summary>How a collection is searched and offered to a kernel.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public sealed class JinaRetrievalOptions<TRecord>
    where TRecord : class
{
    /// <summary>Gets or sets the name of the kernel plugin.</summary>
    /// <value>ASCII letters, digits and underscores. The default, null, is the collection's name with underscores in place of all else.</value>
    public string? PluginName { get; set; }

    /// <summary>Gets or sets what a chat model reads about the search function; it is how the model decides whether to call it.</summary>
    /// <value>The default says that passages on a subject are found; say what the collection is about.</value>
    public string FunctionDescription { get; set; } = "Finds the stored passages that are nearest in meaning to a question.";

    /// <summary>Gets or sets the description of the records.</summary>
    /// <value>The default, null, is what the attributes of <typeparamref name="TRecord"/> say.</value>
    public VectorStoreCollectionDefinition? Definition { get; set; }

    /// <summary>Gets or sets what turns a record into a result: its text, name and link.</summary>
    /// <value>The default, null, takes the properties marked with <see cref="TextSearchResultValueAttribute"/>, <see cref="TextSearchResultNameAttribute"/> and <see cref="TextSearchResultLinkAttribute"/>.</value>
    public Func<TRecord, TextSearchResult>? ToResult { get; set; }
}
