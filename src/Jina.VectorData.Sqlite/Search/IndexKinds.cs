using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Lists the index kinds that a vector property can have.</summary>
internal static partial class IndexKinds
{
    private static readonly string[] OfThisStore = [IndexKind.Flat, IndexKind.QuantizedFlat];

    /// <summary>The kinds of servers, which are searched as <see cref="IndexKind.Flat"/>, so that a record type fits any store.</summary>
    private static readonly string[] OfServers = [IndexKind.Hnsw, IndexKind.IvfFlat, IndexKind.DiskAnn, IndexKind.Dynamic];

    /// <summary>Rejects unknown index kinds.</summary>
    /// <exception cref="NotSupportedException">A kind is unknown.</exception>
    public static void Check(CollectionModel model)
    {
        string[] known = [.. OfThisStore, .. OfServers];
        foreach (var property in model.VectorProperties)
        {
            if (property.IndexKind is { } kind && !known.Contains(kind))
            {
                throw new NotSupportedException(
                    $"The index kind '{kind}' of the property '{property.ModelName}' is not supported. "
                    + $"Supported kinds are {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>Logs the properties that are searched as another kind than theirs.</summary>
    public static void LogOthers(ILogger logger, string collection, CollectionModel model)
    {
        foreach (var property in model.VectorProperties)
        {
            if (property.IndexKind is { } kind && OfServers.Contains(kind))
            {
                LogExact(logger, kind, property.ModelName, collection);
            }
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Information,
        "The index kind {Kind} of the property {Property} in the collection {Collection} is searched exactly, as the kind Flat.")]
    private static partial void LogExact(ILogger logger, string kind, string property, string collection);
}
