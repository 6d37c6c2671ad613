using Microsoft.Extensions.Configuration;

namespace QueueWorker;

/// <summary>Specifies how messages are consumed: the section Queue of the configuration.</summary>
internal sealed record QueueSettings
{
    /// <summary>Gets the largest number of messages that are embedded and stored together.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Gets the time after which the messages of a worker that was killed are delivered again.</summary>
    public TimeSpan AckWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A value is not valid.</exception>
    public static QueueSettings Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Queue").Get<QueueSettings>() ?? new QueueSettings();
        return settings switch
        {
            { BatchSize: < 1 } => throw new InvalidOperationException($"Queue:BatchSize is {settings.BatchSize}; expected at least 1."),
            { AckWait.TotalSeconds: < 5 or > 3600 } => throw new InvalidOperationException(
                $"Queue:AckWait is {settings.AckWait}; expected 00:00:05 to 01:00:00."),
            _ => settings,
        };
    }
}
