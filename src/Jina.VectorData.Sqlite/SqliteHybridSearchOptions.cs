using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite;

/// <summary>Represents the options of one hybrid search, including its fusion.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Other vector stores ignore the fusion. <c>KeywordSearchAsync</c> ignores it too.</remarks>
public sealed class SqliteHybridSearchOptions<TRecord> : HybridSearchOptions<TRecord>
{
    /// <summary>Gets or sets how this search merges its two rankings.</summary>
    /// <value>If <see langword="null"/> (the default), the fusion of the collection is used.</value>
    public HybridFusion? HybridFusion { get; set; }
}
