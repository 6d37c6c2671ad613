namespace Jina.Extensions.AI.Diagnostics;

/// <summary>Represents when a window of a traced request was read, queued, run and completed, in UTC.</summary>
/// <param name="readStarted">The time when the first text of the window was read. The window is queued at once.</param>
internal sealed class WindowTimes(DateTime readStarted)
{
    /// <summary>Gets the time when the first text was read.</summary>
    public DateTime ReadStarted { get; } = readStarted;

    /// <summary>Gets the time when the window was queued.</summary>
    public DateTime Queued { get; } = DateTime.UtcNow;

    /// <summary>Gets the time when the first micro-batch with a text of the window was taken from the queue.</summary>
    public DateTime Taken { get; private set; }

    /// <summary>Gets the time when the last vector was computed.</summary>
    public DateTime Completed { get; private set; }

    /// <summary>Records that the first text was taken from the queue.</summary>
    public void Take() => Taken = DateTime.UtcNow;

    /// <summary>Records that the last vector was computed.</summary>
    public void Complete() => Completed = DateTime.UtcNow;
}
