using System.CommandLine;
using Jina.Benchmarking;
using Jina.Embeddings.Tool.Output;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>
/// <c>bench</c>: measures how fast a model runs on this machine, compared with the machine's limits and with simpler schedules.
/// </summary>
internal static class BenchCommand
{
    private const int DefaultCount = 1000;
    private const int DefaultRuns = 5;

    public static Command Create()
    {
        var model = ModelOption.Create();
        var random = RandomOption();
        var precision = new PrecisionOption();
        var input = new InputOptions("--texts", fallback: null);
        var count = CountOption.Create(
            "--count",
            $"The maximum number of texts; of a file, the first ones. [default: {DefaultCount} of mixed lengths, or the whole file]");
        var runs = CountOption.Create("--runs", $"How many times the speed is measured. The figures are medians. [default: {DefaultRuns}]");
        var threads = CountOption.Create("--threads", "The number of computing threads. [default: one per processor]");
        var batchTokens = CountOption.Create("--batch-tokens", "The maximum number of tokens in a micro-batch. [default: the library's]");
        var noBaselines = new Option<bool>("--no-baselines")
        {
            Description = "Measure only this library, and only in this process.",
            Arity = ArgumentArity.Zero,
        };
        var json = new JsonOption("tables");
        var command = new ToolCommand(
            "bench", "Measure how fast a model runs on this machine, compared with matrix products and simpler schedules.")
        {
            Examples =
            [
                "jina-embeddings bench --model jina-embedding-s-en-v1",
                "jina-embeddings bench --model models/demo-en --precision int8 --texts passages.txt --json",
                "jina-embeddings bench --random s --count 200 --threads 1",
            ],
        };
        command.Options.Add(model);
        command.Options.Add(random);
        command.Options.Add(precision);
        input.AddTo(command);
        command.AddOptions(count, runs, threads, batchTokens, noBaselines, json);
        command.Validators.Add(result =>
        {
            if (result.GetResult(model) is { Implicit: false } && result.GetResult(random) is not null)
            {
                result.AddError("bench takes either --model or --random, not both.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var texts = input.AreGiven(parsed) ? await ReadAsync(input, parsed, parsed.GetValue(count), cancellationToken) : null;
            var size = parsed.GetValue(random);
            using var temporary = size is null ? null : await TemporaryModel.WriteAsync(size, Console.Error, cancellationToken);
            var settings = new BenchSettings
            {
                ModelName = size is null ? parsed.GetValue(model)!.Name : $"random-{size.Letter}",
                ModelDirectory = temporary?.DirectoryPath ?? await ModelLoader.DownloadAsync(parsed.GetValue(model)!, cancellationToken),
                Precision = precision.Parse(parsed),
                Texts = texts,
                Count = parsed.GetValue(count) ?? DefaultCount,
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                BatchTokens = parsed.GetValue(batchTokens),
                Runs = parsed.GetValue(runs) ?? DefaultRuns,
                Baselines = !parsed.GetValue(noBaselines),
            };
            var report = await MeasureAsync(settings, cancellationToken);
            if (parsed.GetValue(json))
            {
                BenchJson.Write(report);
            }
            else
            {
                BenchTables.Write(report);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<BenchReport> MeasureAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        using var run = new BenchRun(
            settings, StatusLine.Write, (work, token) => FreshBenchProcess.MeasureAsync(settings, work, token));
        using (var progress = new ProgressDisplay())
        {
            run.QuantizeWeights(progress);
        }

        return await run.MeasureAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(
        InputOptions input, ParseResult parsed, int? maximum, CancellationToken cancellationToken)
    {
        var limit = maximum ?? int.MaxValue;
        using var lines = await input.OpenAsync(parsed, cancellationToken);
        var texts = new List<string>();
        while (texts.Count < limit && await lines.ReadAsync(cancellationToken) is { Count: > 0 } window)
        {
            texts.AddRange(window.Select(record => record.Text));
        }

        if (texts.Count == 0)
        {
            throw new CommandException(
                "--texts contains no text; expected at least one line. Leave it out to measure texts of mixed lengths.");
        }

        return texts[..Math.Min(texts.Count, limit)];
    }

    private static Option<RandomModelSize?> RandomOption()
    {
        var letters = RandomModelSize.All.Select(size => size.Letter);
        return new Option<RandomModelSize?>("--random")
        {
            Description = "Instead of --model: random weights of the size of a published model, in a temporary folder.",
            HelpName = string.Join('|', letters),
            CustomParser = result =>
            {
                var letter = result.Tokens[0].Value;
                if (RandomModelSize.Find(letter.ToLowerInvariant()) is { } size)
                {
                    return size;
                }

                result.AddError($"--random is '{letter}'; expected {string.Join(", ", letters)}.");
                return null;
            },
        };
    }
}
