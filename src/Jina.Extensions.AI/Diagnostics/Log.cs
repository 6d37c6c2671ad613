using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Diagnostics;

/// <summary>Writes the log messages of the library. Texts of users are never logged.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "Loaded {Model} ({Dimensions} dimensions, up to {MaxTokens} tokens) from {Graph} in {ElapsedMilliseconds} ms.")]
    public static partial void ModelLoaded(
        ILogger logger, string model, int dimensions, int maxTokens, string graph, long elapsedMilliseconds);

    [LoggerMessage(2, LogLevel.Debug, "Truncated {Truncated} of {Texts} texts to {MaxTokens} tokens.")]
    public static partial void Truncated(ILogger logger, int truncated, int texts, int maxTokens);

    [LoggerMessage(3, LogLevel.Warning, "The embedding cache failed. The vectors that it did not return are computed.")]
    public static partial void CacheFailed(ILogger logger, Exception failure);
}
