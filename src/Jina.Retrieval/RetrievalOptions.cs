using Microsoft.Extensions.VectorData;

namespace Jina.Retrieval;

/// <summary>Represents the options for retrieving passages from a collection.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public class RetrievalOptions<TRecord>
    where TRecord : class
{
    /// <summary>Gets or sets the maximum number of passages for a question.</summary>
    /// <value>The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Top
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 5;

    /// <summary>Gets or sets the function that converts a question to keywords, so that searches use them as well as the vector.</summary>
    /// <value>
    /// If <see langword="null"/> (the default), searches are by vector only. <c>Keywords.FromQuestion</c> of
    /// <c>Jina.VectorData.Sqlite</c> is such a function.
    /// </value>
    /// <remarks>See <see cref="VectorSearchableExtensions.AsHybridSearchable{TRecord}"/> for the requirements.</remarks>
    public Func<string, ICollection<string>>? ToKeywords { get; set; }

    /// <summary>Gets or sets the options of each search: the filter, the score threshold, and the vector property.</summary>
    /// <value>If <see langword="null"/> (the default), all records are searched.</value>
    public VectorSearchOptions<TRecord>? SearchOptions { get; set; }
}
