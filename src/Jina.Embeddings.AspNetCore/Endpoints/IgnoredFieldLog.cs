using System.Collections.Concurrent;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Logs each ignored field once, because a client sends it with every request. Safe for concurrent use.</summary>
internal sealed class IgnoredFieldLog
{
    /// <summary>The maximum number of lines. A client could invent a new name for each request.</summary>
    private const int MaxNames = 100;

    private readonly ConcurrentDictionary<string, bool> _logged = new(StringComparer.Ordinal);

    /// <summary>Logs the fields that were not logged before.</summary>
    public void Write(ILogger logger, IgnoredFields fields, string requestId)
    {
        foreach (var name in fields.Names)
        {
            if (!_logged.ContainsKey(name) && _logged.Count < MaxNames && _logged.TryAdd(name, true))
            {
                Log.FieldIgnored(logger, name, requestId);
            }
        }
    }
}
