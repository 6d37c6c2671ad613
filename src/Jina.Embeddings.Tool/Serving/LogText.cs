using Jina.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Converts parts of events to the words that both log formats have.</summary>
internal static class LogText
{
    public static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        _ => "info",
    };

    /// <summary>Returns the message of an exception whose reason is known, or everything about an unexpected one.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        JinaModelException or IOException => exception.Message,

        // An unexpected exception is useful only with its stack trace.
        _ => exception.ToString(),
    };
}
