using NATS.Client.Core;
using NATS.Client.JetStream;

namespace QueueWorker;

/// <summary>Reports that messages are still in progress, until it is disposed. They are not delivered to another worker.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reports;

    public Heartbeat(IReadOnlyList<INatsJSMsg<byte[]>> messages, TimeSpan period) => _reports = ReportAsync(messages, period);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        using (_end)
        {
            await _reports;
        }
    }

    private async Task ReportAsync(IReadOnlyList<INatsJSMsg<byte[]>> messages, TimeSpan period)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                await ReportOnceAsync(messages);
            }
        }
        catch (OperationCanceledException)
        {
            // The messages are done.
        }
    }

    private async Task ReportOnceAsync(IReadOnlyList<INatsJSMsg<byte[]>> messages)
    {
        try
        {
            foreach (var message in messages)
            {
                await message.AckProgressAsync(cancellationToken: _end.Token);
            }
        }
        catch (NatsException)
        {
            // Without a connection, the messages are delivered again later. That changes no row.
        }
    }
}
