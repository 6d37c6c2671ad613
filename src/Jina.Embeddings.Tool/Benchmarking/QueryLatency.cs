using System.Diagnostics;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>Times single queries, one after the other with a pause between, as a search gets them.</summary>
internal sealed class QueryLatency(ModelUnderTest model, CountedTexts texts)
{
    public const int QueryTokens = 16;

    private const int IdleQueries = 200;
    private const int BulkQueries = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Lone runs make the generator open a second session in the background; by then it is there.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Times queries that have the machine to themselves.</summary>
    public async Task<Latency> MeasureIdleAsync(CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < WarmUp;)
        {
            await TimeAsync(1, cancellationToken);
        }

        return Latency.Of(await TimeAsync(IdleQueries, cancellationToken));
    }

    /// <summary>Times queries while a stream of texts without end is embedded.</summary>
    public async Task<Latency> MeasureUnderBulkAsync(IReadOnlyList<string> bulk, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        model.Padding.Clear();
        var load = Task.Run(() => LoadAsync(bulk, stop.Token), CancellationToken.None);
        while (model.Padding.IsEmpty && !load.IsCompleted)
        {
            await Task.Delay(Pause, cancellationToken);
        }

        try
        {
            return Latency.Of(await TimeAsync(BulkQueries, cancellationToken));
        }
        finally
        {
            await stop.CancelAsync();
            await load;
        }
    }

    private async Task<List<double>> TimeAsync(int count, CancellationToken cancellationToken)
    {
        var milliseconds = new List<double>(count);
        for (var query = 0; query < count; query++)
        {
            await Task.Delay(Pause, cancellationToken);
            string[] text = [texts.Next(QueryTokens)];
            var watch = Stopwatch.StartNew();
            await model.Generator.GenerateAsync(text, cancellationToken: cancellationToken);
            milliseconds.Add(watch.Elapsed.TotalMilliseconds);
        }

        return milliseconds;
    }

    private async Task LoadAsync(IReadOnlyList<string> bulk, CancellationToken cancellationToken)
    {
        try
        {
            var endless = Enumerable.Repeat(bulk, int.MaxValue).SelectMany(texts => texts);
            await foreach (var _ in model.Generator.GenerateStreamingAsync(endless, cancellationToken: cancellationToken))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is its end.
        }
    }
}
