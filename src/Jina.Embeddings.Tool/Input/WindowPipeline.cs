using System.Threading.Channels;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Works on windows of texts while the next ones are read and earlier ones are written; what is written keeps the order of the input.</summary>
/// <typeparam name="T">What becomes of a window.</typeparam>
/// <param name="work">Begins to work on a window.</param>
/// <param name="write">Writes what became of it.</param>
internal sealed class WindowPipeline<T>(Func<IReadOnlyList<string>, CancellationToken, Task<T>> work, Action<IReadOnlyList<string>, T> write)
{
    /// <summary>The windows that are worked on at most: one that is written next, one behind it, and one that waits for room there.</summary>
    public const int MostUnderWay = 3;

    /// <summary>Reads, works and writes until the texts end.</summary>
    /// <exception cref="CommandException">A line is not what it should be; the texts before it are written.</exception>
    public async Task RunAsync(TextInput texts, CancellationToken cancellationToken)
    {
        // Where one side fails, there is nothing left to do for the other.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = Channel.CreateBounded<(IReadOnlyList<string> Window, Task<T> Work)>(MostUnderWay - 2);
        var reading = ReadAsync(texts, underWay.Writer, leaving.Token);
        try
        {
            await foreach (var (window, result) in underWay.Reader.ReadAllAsync(cancellationToken))
            {
                write(window, await result);
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAsync(TextInput texts, ChannelWriter<(IReadOnlyList<string> Window, Task<T> Work)> underWay, CancellationToken cancellationToken)
    {
        try
        {
            while (await texts.ReadAsync(cancellationToken) is { Count: > 0 } window)
            {
                await underWay.WriteAsync((window, work(window, cancellationToken)), cancellationToken);
            }

            underWay.Complete();
        }
        catch (Exception e)
        {
            // The other side hears of it after the windows before.
            underWay.Complete(e);
        }
    }
}
