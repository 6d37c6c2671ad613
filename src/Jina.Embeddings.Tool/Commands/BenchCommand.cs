using System.CommandLine;
using Jina.Embeddings.Tool.Benchmarking;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>bench</c>: how fast a model runs on this machine, beside what the machine could do and beside simpler ways.</summary>
internal static class BenchCommand
{
    private const int DefaultCount = 1000;
    private const int DefaultRuns = 5;

    public static Command Create()
    {
        var model = ModelOption.Create();
        model.Required = false;
        var random = RandomOption();
        var precision = new PrecisionOption();
        var input = new InputOptions("--texts", fallback: null);
        var count = CountOption.Create("--count", $"The most texts; of a file, the first. [default: {DefaultCount} mixed ones, or the whole file]");
        var runs = CountOption.Create("--runs", $"How often the speed is measured; the figures are medians. [default: {DefaultRuns}]");
        var threads = CountOption.Create("--threads", "The threads that compute. [default: one per processor]");
        var batchTokens = CountOption.Create("--batch-tokens", "The most tokens of a micro-batch. [default: the library's]");
        var noBaselines = new Option<bool>("--no-baselines") { Description = "Measure this library only, in this process only.", Arity = ArgumentArity.Zero };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of tables.", Arity = ArgumentArity.Zero };
        var command = new ToolCommand("bench", "Measure how fast a model runs on this machine, beside bare products and simpler ways to run it.")
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
        foreach (var option in (Option[])[count, runs, threads, batchTokens, noBaselines, json])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(model) is null == result.GetResult(random) is null)
            {
                result.AddError("bench takes either --model or --random.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var texts = input.AreGiven(parsed) ? await ReadAsync(input, parsed, parsed.GetValue(count), cancellationToken) : null;
            var size = parsed.GetValue(random);
            using var temporary = size is null ? null : await TemporaryModel.WriteAsync(size, Console.Error, cancellationToken);
            using var bench = new BenchRun(
                new BenchSettings
                {
                    ModelName = size is null ? parsed.GetValue(model)!.Name : $"random-{size.Letter}",
                    Folder = temporary?.Folder ?? await DownloadBar.ResolveAsync(new ModelStore(), parsed.GetValue(model)!, cancellationToken),
                    Precision = precision.Of(parsed),
                    Texts = texts,
                    Count = parsed.GetValue(count) ?? DefaultCount,
                    Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                    BatchTokens = parsed.GetValue(batchTokens),
                    Runs = parsed.GetValue(runs) ?? DefaultRuns,
                    Baselines = !parsed.GetValue(noBaselines),
                },
                Console.Error.WriteLine);
            var report = await bench.MeasureAsync(cancellationToken);
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

    private static async Task<IReadOnlyList<string>> ReadAsync(InputOptions input, ParseResult parsed, int? most, CancellationToken cancellationToken)
    {
        using var lines = input.Open(parsed);
        var texts = new List<string>();
        while (texts.Count < (most ?? int.MaxValue) && await lines.ReadAsync(cancellationToken) is { Count: > 0 } window)
        {
            texts.AddRange(window);
        }

        return texts.Count > 0 ? texts[..Math.Min(texts.Count, most ?? int.MaxValue)] : throw new CommandException(
            "--texts has no text in it; expected at least one line. Leave it out to measure texts of mixed lengths.");
    }

    private static Option<RandomModelSize?> RandomOption() => new("--random")
    {
        Description = "Instead of --model: random weights of a published model's size, in a temporary folder.",
        HelpName = string.Join('|', RandomModelSize.All.Select(size => size.Letter)),
        CustomParser = result =>
        {
            var letter = result.Tokens[0].Value;
            if (RandomModelSize.Find(letter) is { } size)
            {
                return size;
            }

            result.AddError($"--random is '{letter}'; expected {string.Join(", ", RandomModelSize.All.Select(size => size.Letter))}.");
            return null;
        },
    };
}
