using System.Diagnostics;

namespace Jina.Benchmarking;

/// <summary>Measures the latency of single queries, one after the other with a pause between, as in a search application.</summary>
internal sealed class QueryLatency(ModelUnderTest model, CountedTexts texts)
{
    public const int QueryTokens = 16;

    private const int IdleQueries = 200;
    private const int BulkQueries = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Single queries make the generator open a second session in the background. It is open after this time.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Measures queries on an idle machine.</summary>
    public async Task<Latency> MeasureIdleAsync(CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < WarmUp;)
        {
            await TimeAsync(1, cancellationToken);
        }

        return Latency.From(await TimeAsync(IdleQueries, cancellationToken));
    }

    /// <summary>Measures queries while an endless stream of texts is embedded.</summary>
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
            return Latency.From(await TimeAsync(BulkQueries, cancellationToken));
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
        var endless = Enumerable.Repeat(bulk, int.MaxValue).SelectMany(texts => texts);
        try
        {
            await foreach (var _ in model.Generator.GenerateStreamingAsync(endless, cancellationToken: cancellationToken))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The stream ends only by cancellation.
        }
    }
}

/// <summary>Represents the latency of queries in milliseconds.</summary>
internal readonly record struct Latency(double P50, double P99)
{
    public static Latency From(IReadOnlyList<double> milliseconds) => new(Quantiles.Median(milliseconds), Quantiles.At(milliseconds, 0.99));
}
