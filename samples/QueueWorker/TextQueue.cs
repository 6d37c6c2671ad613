using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace QueueWorker;

/// <summary>Represents the queue: a stream of NATS JetStream, which keeps each message until it is acknowledged.</summary>
internal sealed class TextQueue : IAsyncDisposable
{
    private const string Stream = "TEXTS";
    private const string Subject = "texts";
    private const string Consumer = "embed";

    private readonly QueueSettings _settings;
    private readonly NatsConnection _connection;
    private readonly NatsJSContext _context;
    private volatile INatsJSConsumer? _consumer;

    public TextQueue(string address, QueueSettings settings)
    {
        _settings = settings;
        _connection = new NatsConnection(new NatsOpts { Url = address, Name = nameof(QueueWorker) });
        _context = new NatsJSContext(_connection);
        _connection.ConnectionDisconnected += (_, _) =>
        {
            // The next server could have lost its storage, so stream and consumer are created if they do not exist.
            _consumer = null;
            Disconnected?.Invoke();
            return default;
        };
    }

    /// <summary>Occurs when the connection is lost. The client connects again by itself.</summary>
    public event Action? Disconnected;

    /// <summary>Gets the time between two heartbeats of messages that take longer than expected.</summary>
    public TimeSpan HeartbeatPeriod => _settings.AckWait / 3;

    /// <summary>Adds messages to the queue, in their order.</summary>
    public async Task PublishAsync(IAsyncEnumerable<string> messages, CancellationToken cancellationToken)
    {
        await OpenStreamAsync(cancellationToken);
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            var reply = await _context.PublishAsync(Subject, message, cancellationToken: cancellationToken);
            reply.EnsureSuccess();
        }
    }

    /// <summary>
    /// Adds the next messages to a list, which stays empty if none arrives within a second. Returns the time at which their stream was
    /// created, because a stream that is created again counts messages from 1.
    /// </summary>
    public async Task<DateTime> ReceiveAsync(ICollection<INatsJSMsg<byte[]>> messages, CancellationToken cancellationToken)
    {
        try
        {
            var consumer = _consumer ??= await OpenConsumerAsync(cancellationToken);
            var options = new NatsJSFetchOpts { MaxMsgs = _settings.BatchSize, Expires = TimeSpan.FromSeconds(1) };
            await foreach (var message in consumer.FetchAsync<byte[]>(options, cancellationToken: cancellationToken))
            {
                messages.Add(message);
            }

            return messages.Count > 0 ? (await OpenStreamAsync(cancellationToken)).Info.Created.UtcDateTime : default;
        }
        catch (NatsException)
        {
            // The stream or its consumer may be gone.
            _consumer = null;
            throw;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // All workers share one consumer, which remembers on the server which messages are acknowledged.
    private async Task<INatsJSConsumer> OpenConsumerAsync(CancellationToken cancellationToken)
    {
        await OpenStreamAsync(cancellationToken);
        var consumer = new ConsumerConfig(Consumer)
        {
            // The number of deliveries has no limit, because workers that are stopped also return their messages.
            AckPolicy = ConsumerConfigAckPolicy.Explicit,
            AckWait = _settings.AckWait,
        };
        return await _context.CreateOrUpdateConsumerAsync(Stream, consumer, cancellationToken);
    }

    private async Task<INatsJSStream> OpenStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _context.GetStreamAsync(Stream, cancellationToken: cancellationToken);
        }
        catch (NatsJSApiException error) when (error.Error.Code == 404)
        {
            var stream = new StreamConfig(Stream, [Subject]) { Retention = StreamConfigRetention.Workqueue };
            return await _context.CreateStreamAsync(stream, cancellationToken);
        }
    }
}
