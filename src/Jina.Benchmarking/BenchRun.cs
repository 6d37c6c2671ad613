using System.Diagnostics;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;

namespace Jina.Benchmarking;

/// <summary>Measures a model. Figures that are compared are measured alternately, because other programs also use the machine.</summary>
/// <param name="settings">The settings of the benchmark.</param>
/// <param name="reportStep">Reports the next step.</param>
/// <param name="measureFreshProcess">Measures load and memory in a new process.</param>
internal sealed class BenchRun(
    BenchSettings settings,
    Action<string> reportStep,
    Func<Workload, CancellationToken, Task<ProcessFigures>> measureFreshProcess) : IDisposable
{
    /// <summary>The maximum number of texts for the baselines, which are slow.</summary>
    private const int BaselineTexts = 200;

    private const int TokenizerRuns = 5;
    private const int MicroBatchRuns = 21;
    private const int MicroBatchTexts = 6;
    private const int MicroBatchTokens = 64;

    private readonly string _cache = new ModelStore().CacheDirectory;
    private readonly MachineSpeed _machine = new(settings.Threads, settings.Precision);
    private readonly ModelDirectory _folder = new ModelDirectory(settings.ModelDirectory);
    private double? _quantizeMilliseconds;

    private ModelCost? Cost => _folder.Checkpoint is { } checkpoint ? ModelCost.From(checkpoint) : null;

    /// <summary>Creates the int8 weights if they are needed and not cached, so that no measured load includes the quantization.</summary>
    public void QuantizeWeights(IProgress<WeightQuantizationProgress> progress)
    {
        var recorded = new RecordedProgress(progress);
        var watch = Stopwatch.StartNew();
        _folder.EnsureGraph(_cache, settings.Precision, recorded);
        _quantizeMilliseconds = recorded.HasReported ? watch.Elapsed.TotalMilliseconds : null;
    }

    public async Task<BenchReport> MeasureAsync(CancellationToken cancellationToken)
    {
        reportStep($"Loading {settings.ModelName}");
        await using var model = await LoadAsync(settings.Precision, cancellationToken);
        await using var fp32 = settings.ComparesPrecisions ? await LoadAsync(Precision.Fp32, cancellationToken) : null;
        var tokenizer = await model.Generator.GetTokenizerAsync(cancellationToken);
        var work = Workload.Create(settings.Texts ?? MixedLengthTexts.Create(tokenizer, settings.Count), tokenizer);

        var (ours, theirs, process) = await MeasureAlternatelyAsync(model, fp32, work, cancellationToken);
        var comparison = fp32 is null ? null : await CompareAsync(model, work, ours[^1], theirs, cancellationToken);
        reportStep("Measuring single queries");
        var texts = new CountedTexts(tokenizer);
        var queries = new QueryLatency(model, texts);
        var idle = await queries.MeasureIdleAsync(cancellationToken);
        var underBulk = await queries.MeasureUnderBulkAsync(work.Texts, cancellationToken);
        var microBatch = MeasureMicroBatch(texts, tokenizer);
        var tokenizerSpeed = MeasureTokenizer(tokenizer, work);
        if (settings.Baselines)
        {
            reportStep("Measuring load and memory in a new process");
            process = await measureFreshProcess(work, cancellationToken);
        }

        var baselines = settings.Baselines ? MeasureBaselines(work.First(BaselineTexts), cancellationToken) : [];
        var limits = _machine.Limits(Cost);
        return new BenchReport
        {
            Settings = settings,
            Ours = Throughput.Median([.. ours.Select(run => run.Throughput)]),
            Baselines = baselines,
            Limits = limits,
            TokenizerTokensPerSecond = tokenizerSpeed,
            AllocatedBytesPerText = Quantiles.Median(ours.Select(run => run.AllocatedPerText)),
            MicroBatchMilliseconds = microBatch,
            Idle = idle,
            UnderBulk = underBulk,
            QueryRooflineMilliseconds =
                Cost is { } cost ? 1000 * limits.TextSeconds(cost, QueryLatency.QueryTokens, settings.Precision) : null,
            Process = process,
            QuantizeMilliseconds = _quantizeMilliseconds,
            Comparison = comparison,
        };
    }

    public void Dispose() => _machine.Dispose();

    private Task<ModelUnderTest> LoadAsync(Precision precision, CancellationToken cancellationToken) => ModelUnderTest.LoadAsync(
        new JinaEmbeddingOptions
        {
            Model = JinaEmbeddingModel.FromDirectory(settings.ModelDirectory),
            Precision = precision,
            MaxThreads = settings.Threads,
            MaxBatchTokens = settings.BatchTokens,
        },
        Cost,
        cancellationToken);

    private async Task<(List<MeasuredRequest> Ours, List<MeasuredRequest> Fp32, ProcessFigures Process)> MeasureAlternatelyAsync(
        ModelUnderTest model, ModelUnderTest? fp32, Workload work, CancellationToken cancellationToken)
    {
        var process = default(ProcessFigures);
        var (ours, theirs) = (new List<MeasuredRequest>(), new List<MeasuredRequest>());
        await model.WarmUpAsync(work, cancellationToken);
        await (fp32?.WarmUpAsync(work, cancellationToken) ?? Task.CompletedTask);
        for (var run = 1; run <= settings.Runs; run++)
        {
            reportStep($"Embedding {work.Texts.Count} texts, run {run} of {settings.Runs}");
            ours.Add(await model.MeasureAsync(work, cancellationToken));
            if (run == 1)
            {
                // Before other measurements allocate memory.
                process = ProcessFigures.MeasureCurrent(model.FirstVector);
            }

            _machine.SampleProducts();
            if (fp32 is not null)
            {
                theirs.Add(await fp32.MeasureAsync(work, cancellationToken));
            }
        }

        return (ours, theirs, process);
    }

    private async Task<PrecisionComparison> CompareAsync(
        ModelUnderTest model, Workload work, MeasuredRequest ours, List<MeasuredRequest> fp32, CancellationToken cancellationToken)
    {
        reportStep("Comparing int8 vectors with fp32 vectors, and vectors of single texts with those of micro-batches");
        var throughput = Throughput.Median([.. fp32.Select(run => run.Throughput)]);
        return await PrecisionComparison.MeasureAsync(model, work, ours.Vectors, fp32[^1].Vectors, throughput, cancellationToken);
    }

    private List<(BaselineSchedule Baseline, Throughput Throughput)> MeasureBaselines(Workload work, CancellationToken cancellationToken)
    {
        var graph = _folder.EnsureGraph(_cache, settings.Precision);
        using var weights = SharedWeights.Map(graph);
        using var session = EncoderSession.Open(graph.Path, new SessionSettings { Threads = settings.Threads, Weights = weights });
        var measured = new List<(BaselineSchedule, Throughput)>();
        foreach (var baseline in BaselineSchedule.All)
        {
            reportStep($"Measuring the baseline {baseline.Name} with {work.Texts.Count} texts");
            _machine.SampleProducts();
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
        work.Tokens * 1000 / MedianMilliseconds(TokenizerRuns, () => Workload.Create(work.Texts, tokenizer));

    private static double MedianMilliseconds(int runs, Action action) => Quantiles.Median([.. Enumerable.Range(0, runs).Select(_ =>
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    })]);

    /// <summary>Forwards progress and records whether there was any.</summary>
    private sealed class RecordedProgress(IProgress<WeightQuantizationProgress> progress) : IProgress<WeightQuantizationProgress>
    {
        public bool HasReported { get; private set; }

        public void Report(WeightQuantizationProgress value)
        {
            HasReported = true;
            progress.Report(value);
        }
    }
}
