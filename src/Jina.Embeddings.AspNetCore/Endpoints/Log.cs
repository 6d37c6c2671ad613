using Jina.Embeddings.AspNetCore.Rejections;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Every log message of the endpoint. Neither texts nor keys are ever logged.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Serving {Models} at {Pattern}; {Keys} API keys")]
    public static partial void Mapped(ILogger logger, string models, string pattern, int keys);

    [LoggerMessage(2, LogLevel.Debug, "Refused request {RequestId} with {Status}: {Kind}")]
    public static partial void Refused(ILogger logger, string requestId, int status, RefusalKind kind);

    [LoggerMessage(3, LogLevel.Debug, "The client of request {RequestId} left")]
    public static partial void ClientLeft(ILogger logger, string requestId);

    [LoggerMessage(4, LogLevel.Error, "Request {RequestId} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string requestId);

    [LoggerMessage(5, LogLevel.Error, "Request {RequestId} could not be answered: the model cannot be run")]
    public static partial void ModelFailed(ILogger logger, Exception exception, string requestId);
}
