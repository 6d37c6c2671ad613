using System.Threading.Channels;

namespace Jina.Embeddings.Tool.Input;

/// <summary>
/// Processes windows of records while the next ones are read and earlier ones are written. The output keeps the order of the input.
/// </summary>
/// <typeparam name="T">The type of a window's result.</typeparam>
/// <param name="work">Starts the work on a window.</param>
/// <param name="write">Writes the result of a window.</param>
internal sealed class WindowPipeline<T>(
    Func<IReadOnlyList<InputRecord>, CancellationToken, Task<T>> work, Action<IReadOnlyList<InputRecord>, T> write)
{
    /// <summary>
    /// The maximum number of windows in progress: one that is written next, one in the queue, and one that waits for the queue.
    /// </summary>
    public const int MostInProgress = 3;

    /// <summary>Runs until the records end.</summary>
    /// <exception cref="CommandException">A record is not valid. The records before it are written.</exception>
    public async Task RunAsync(IRecordInput records, CancellationToken cancellationToken)
    {
        // If one side fails, the other side stops.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<(IReadOnlyList<InputRecord> Window, Task<T> Work)>(MostInProgress - 2);
        var reading = ReadAsync(records, queue.Writer, stopping.Token);
        try
        {
            await foreach (var (window, result) in queue.Reader.ReadAllAsync(cancellationToken))
            {
                write(window, await result);
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAsync(
        IRecordInput records, ChannelWriter<(IReadOnlyList<InputRecord> Window, Task<T> Work)> queue, CancellationToken cancellationToken)
    {
        try
        {
            while (await records.ReadAsync(cancellationToken) is { Count: > 0 } window)
            {
                await queue.WriteAsync((window, work(window, cancellationToken)), cancellationToken);
            }

            queue.Complete();
        }
        catch (Exception e)
        {
            // The other side receives the error after the windows before it.
            queue.Complete(e);
        }
    }
}
