using System.Diagnostics;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>Measures a model. What is set against each other is measured in turns, since a machine has other things to do too.</summary>
/// <param name="settings">What to measure.</param>
/// <param name="note">Is told what comes next.</param>
internal sealed class BenchRun(BenchSettings settings, Action<string> note) : IDisposable
{
    /// <summary>The baselines are slow.</summary>
    private const int BaselineTexts = 200;

    private const int TokenizerRuns = 5;
    private const int MicroBatchRuns = 21;
    private const int MicroBatchTexts = 6;
    private const int MicroBatchTokens = 64;

    private readonly string _cache = new ModelStore().CacheDirectory;
    private readonly Roofline _roofline = new(settings.Threads);
    private readonly ModelFolder _folder = ModelFolder.Open(settings.Folder, preferOnnxExport: false);

    private ModelCost? Cost => _folder.Checkpoint is { } checkpoint ? ModelCost.Of(checkpoint) : null;

    public async Task<BenchReport> MeasureAsync(CancellationToken cancellationToken)
    {
        var quantize = Quantize();
        note($"Loading {settings.ModelName}");
        await using var model = await LoadAsync(settings.Precision, cancellationToken);
        await using var fp32 = settings.ComparesPrecisions ? await LoadAsync(Precision.Fp32, cancellationToken) : null;
        var tokenizer = await model.Generator.GetTokenizerAsync(cancellationToken);
        var work = Workload.Of(settings.Texts ?? MixedLengthTexts.Make(tokenizer, settings.Count), tokenizer);

        var (ours, theirs, process) = await RunInTurnsAsync(model, fp32, work, cancellationToken);
        var comparison = fp32 is null ? null : await CompareAsync(model, work, ours[^1], theirs, cancellationToken);
        note("Measuring single queries");
        var texts = new CountedTexts(tokenizer);
        var queries = new QueryLatency(model, texts);
        var idle = await queries.MeasureIdleAsync(cancellationToken);
        var underBulk = await queries.MeasureUnderBulkAsync(work.Texts, cancellationToken);
        var microBatch = MeasureMicroBatch(texts, tokenizer);
        var tokenizerSpeed = MeasureTokenizer(tokenizer, work);
        var memory = MemoryReads.MeasureGigabytesPerSecond(settings.Threads);
        if (settings.Baselines)
        {
            note("Measuring load and memory in a fresh process");
            process = await FreshProcess.MeasureAsync(settings, work, cancellationToken);
        }

        return new BenchReport
        {
            Settings = settings,
            Ours = Throughput.Median([.. ours.Select(run => run.Throughput)]),
            Baselines = settings.Baselines ? MeasureBaselines(work.First(BaselineTexts), cancellationToken) : [],
            SgemmGflops = _roofline.Gflops,
            TokenizerTokensPerSecond = tokenizerSpeed,
            AllocatedBytesPerText = Quantiles.Median(ours.Select(run => run.AllocatedPerText)),
            MicroBatchMilliseconds = microBatch,
            Idle = idle,
            UnderBulk = underBulk,
            MemoryGigabytesPerSecond = memory,
            QueryRooflineMilliseconds = QueryRoofline(memory),
            Process = process,
            QuantizeMilliseconds = quantize,
            Comparison = comparison,
        };
    }

    public void Dispose() => _roofline.Dispose();

    /// <summary>Makes the int8 weights where they are not there, so that no load includes it.</summary>
    private double? Quantize()
    {
        using var progress = new QuantizationLine();
        var watch = Stopwatch.StartNew();
        _folder.EnsureGraph(_cache, settings.Precision, progress);
        return progress.Reported ? watch.Elapsed.TotalMilliseconds : null;
    }

    private Task<ModelUnderTest> LoadAsync(Precision precision, CancellationToken cancellationToken) => ModelUnderTest.LoadAsync(
        new JinaEmbeddingOptions
        {
            Model = JinaEmbeddingModel.FromDirectory(settings.Folder),
            Precision = precision,
            MaxThreads = settings.Threads,
            MaxBatchTokens = settings.BatchTokens,
        },
        Cost,
        cancellationToken);

    private async Task<(List<ScheduledRun> Ours, List<ScheduledRun> Fp32, ProcessFigures Process)> RunInTurnsAsync(
        ModelUnderTest model, ModelUnderTest? fp32, Workload work, CancellationToken cancellationToken)
    {
        var process = default(ProcessFigures);
        var (ours, theirs) = (new List<ScheduledRun>(), new List<ScheduledRun>());
        await model.WarmUpAsync(work, cancellationToken);
        await (fp32?.WarmUpAsync(work, cancellationToken) ?? Task.CompletedTask);
        for (var run = 1; run <= settings.Runs; run++)
        {
            note($"Embedding {work.Texts.Count} texts, run {run} of {settings.Runs}");
            ours.Add(await model.RunAsync(work, cancellationToken));
            if (run == 1)
            {
                // Before anything else has asked for memory.
                process = ProcessFigures.OfThis(model.LoadMilliseconds);
            }

            _roofline.Sample();
            if (fp32 is not null)
            {
                theirs.Add(await fp32.RunAsync(work, cancellationToken));
            }
        }

        return (ours, theirs, process);
    }

    private async Task<PrecisionComparison> CompareAsync(
        ModelUnderTest model, Workload work, ScheduledRun ours, List<ScheduledRun> fp32, CancellationToken cancellationToken)
    {
        note("Comparing the vectors of int8 with those of fp32, and alone with those among neighbours");
        var throughput = Throughput.Median([.. fp32.Select(run => run.Throughput)]);
        return await PrecisionComparison.MeasureAsync(model, work, ours.Vectors, fp32[^1].Vectors, throughput, cancellationToken);
    }

    private List<(Baseline Baseline, Throughput Throughput)> MeasureBaselines(Workload work, CancellationToken cancellationToken)
    {
        var graph = _folder.EnsureGraph(_cache, settings.Precision);
        using var weights = SharedWeights.Map(graph);
        using var session = EncoderSession.Open(graph.Path, new SessionSettings { Threads = settings.Threads, Weights = weights });
        var measured = new List<(Baseline, Throughput)>();
        foreach (var baseline in Baseline.All)
        {
            note($"Measuring the baseline {baseline.Name} on {work.Texts.Count} texts");
            _roofline.Sample();
            measured.Add((baseline, baseline.Measure(session, work, Cost, cancellationToken)));
        }

        return measured;
    }

    private double MeasureMicroBatch(CountedTexts texts, T5Tokenizer tokenizer)
    {
        var graph = _folder.EnsureGraph(_cache, settings.Precision);
        using var weights = SharedWeights.Map(graph);
        using var session = EncoderSession.Open(graph.Path, new SessionSettings { Weights = weights });
        T5Encoding[] batch = [.. Enumerable.Range(0, MicroBatchTexts).Select(_ => tokenizer.Encode(texts.Next(MicroBatchTokens)))];
        return MedianMilliseconds(MicroBatchRuns, () => session.Run(batch, CancellationToken.None));
    }

    private static double MeasureTokenizer(T5Tokenizer tokenizer, Workload work) =>
        work.Tokens * 1000 / MedianMilliseconds(TokenizerRuns, () => Workload.Of(work.Texts, tokenizer));

    private static double MedianMilliseconds(int runs, Action action) => Quantiles.Median([.. Enumerable.Range(0, runs).Select(_ =>
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    })]);

    /// <summary>A query needs its operations, and every weight once.</summary>
    private double? QueryRoofline(double gigabytesPerSecond)
    {
        var bytesPerWeight = settings.Precision == Precision.Int8 ? sizeof(sbyte) : sizeof(float);
        return Cost is not { } cost ? null : 1000 * Math.Max(
            cost.Flops(QueryLatency.QueryTokens) / (_roofline.Gflops * 1e9),
            cost.MatrixWeights * bytesPerWeight / (gigabytesPerSecond * 1e9));
    }
}
