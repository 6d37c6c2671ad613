using Jina.Embeddings.AspNetCore.Rejections;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Writes the log messages of the endpoint. Texts and keys are never logged.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Serving {Models} at {Pattern} with {Keys} API keys.")]
    public static partial void Mapped(ILogger logger, string models, string pattern, int keys);

    [LoggerMessage(2, LogLevel.Debug, "Rejected request {RequestId} with status {Status}: {Kind}.")]
    public static partial void Rejected(ILogger logger, string requestId, int status, RejectionKind kind);

    [LoggerMessage(3, LogLevel.Debug, "The client of request {RequestId} disconnected.")]
    public static partial void ClientDisconnected(ILogger logger, string requestId);

    [LoggerMessage(4, LogLevel.Error, "Request {RequestId} failed.")]
    public static partial void Failed(ILogger logger, Exception exception, string requestId);

    [LoggerMessage(5, LogLevel.Error, "Request {RequestId} failed because the model cannot be run.")]
    public static partial void ModelFailed(ILogger logger, Exception exception, string requestId);

    [LoggerMessage(6, LogLevel.Error, "Request {RequestId} failed because the process is out of memory. Set a lower MaxMemoryBytes.")]
    public static partial void OutOfMemory(ILogger logger, Exception exception, string requestId);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "Request {RequestId} has the unknown field {Field}, which is ignored now and later. StrictFields rejects such requests.")]
    public static partial void FieldIgnored(ILogger logger, string field, string requestId);
}
