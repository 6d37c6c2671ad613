using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NATS.Client.JetStream;
using Polly;

namespace QueueWorker;

/// <summary>Embeds the texts of the queue and stores them. A message is acknowledged after its row is committed.</summary>
internal sealed partial class Worker(
    TextQueue queue,
    PassageTable table,
    IEmbeddingGenerator<string, Embedding<float>> generator,
    IHostApplicationLifetime lifetime,
    ILogger<Worker> logger) : BackgroundService
{
    private const ulong DeliveriesPerWarning = 10;

    private readonly ResiliencePipeline _backoff = Backoff.Create(logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        queue.Disconnected += LogDisconnected;
        try
        {
            // The warm-up has loaded the model, so its dimensions are known.
            var dimensions = generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions!.Value;
            await _backoff.ExecuteAsync(async token => await table.CreateAsync(dimensions, token), stoppingToken);
            while (true)
            {
                await _backoff.ExecuteAsync(async token => await StoreNextAsync(token), stoppingToken);
            }
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailure(error.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private async Task StoreNextAsync(CancellationToken cancellationToken)
    {
        List<INatsJSMsg<byte[]>> messages = [];
        try
        {
            var streamCreated = await queue.ReceiveAsync(messages, cancellationToken);
            var passages = Passage.LatestOfEachId(await ReadAsync(messages));
            if (passages.Count > 0)
            {
                await using var heartbeat = new Heartbeat(messages, queue.HeartbeatPeriod);
                var vectors = await generator.GenerateAsync(passages.Select(passage => passage.Text), cancellationToken: cancellationToken);
                await _backoff.ExecuteAsync(
                    async token => await table.UpsertAsync(
                        streamCreated, passages, vectors.Select(vector => vector.Vector), token),
                    cancellationToken);
                LogStored(messages.Count, messages.Count(message => message.Metadata!.Value.NumDelivered > 1));
            }
        }
        catch (OperationCanceledException)
        {
            // Another worker gets the messages at once. Without a connection, it gets them after AckWait.
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await ForEachAsync(messages, message => message.NakAsync(cancellationToken: timeout.Token));
            throw;
        }

        await ForEachAsync(messages, message => message.AckAsync());
    }

    /// <summary>Reads messages, and removes those that are not valid from the list and from the queue.</summary>
    private async Task<List<Passage>> ReadAsync(List<INatsJSMsg<byte[]>> messages)
    {
        List<Passage> passages = [];
        foreach (var message in messages.ToArray())
        {
            var (number, deliveries) = (message.Metadata!.Value.Sequence.Stream, message.Metadata.Value.NumDelivered);
            if (Passage.TryRead(message.Data, checked((long)number), out var passage, out var problem))
            {
                passages.Add(passage);
            }
            else
            {
                LogRemoved(number, problem);
                await message.AckTerminateAsync();
                messages.Remove(message);
            }

            if (deliveries % DeliveriesPerWarning == 0)
            {
                LogDeliveries(number, deliveries);
            }
        }

        return passages;
    }

    private static async Task ForEachAsync(IEnumerable<INatsJSMsg<byte[]>> messages, Func<INatsJSMsg<byte[]>, ValueTask> respond)
    {
        foreach (var message in messages)
        {
            await respond(message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Stored the texts of {Count} messages, {Repeated} of them delivered again.")]
    private partial void LogStored(int count, int repeated);

    [LoggerMessage(2, LogLevel.Warning, "Message {Number} was removed from the queue. {Problem}")]
    private partial void LogRemoved(ulong number, string problem);

    [LoggerMessage(3, LogLevel.Warning, "Message {Number} was delivered {Deliveries} times. Does a text of its batch end the workers?")]
    private partial void LogDeliveries(ulong number, ulong deliveries);

    [LoggerMessage(6, LogLevel.Warning, "NATS: The connection is lost. Connecting again.")]
    private partial void LogDisconnected();

    [LoggerMessage(4, LogLevel.Critical, "{Message}")]
    private partial void LogFailure(string message);
}
