using System.CommandLine;
using Jina.Embeddings.Tool.Evaluation;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>eval</c>: measures the quality of a model's vectors with tasks whose scores are published.</summary>
internal static class EvalCommand
{
    private const string SeedTable = "seed-table";
    private const string WorkFolderName = "eval";

    public static Command Create()
    {
        var task = TaskArgument();
        var data = new Option<string>("--data")
        {
            Description = "The folder of the task's data, or a folder that contains it under one of its usual names.",
            HelpName = "DIR",
            Required = true,
        };
        var model = ModelOption.Create();
        var precision = new PrecisionOption();
        var chunks = new ChunksOption();
        var published = PublishedOption();
        var work = new Option<string?>("--work")
        {
            Description =
                "Where the vectors of a corpus are kept, so that an interrupted run can resume. [default: eval in the models' cache]",
            HelpName = "DIR",
        };
        var json = new JsonOption();
        var command = new ToolCommand("eval", "Measure the quality of a model's vectors: similarity (STS), retrieval (BEIR), reranking.")
        {
            Examples =
            [
                "jina-embeddings eval stsb-dev --data stsb --model models/demo-en --json",
                "jina-embeddings eval scifact --data ~/beir --model jina-embedding-s-en-v1 --precision int8",
                "jina-embeddings eval scifact --data ~/beir --model jina-embedding-s-en-v1 --chunks late",
                "jina-embeddings eval seed-table --data ~/datasets --model jina-embedding-b-en-v1",
            ],
        };
        command.Arguments.Add(task);
        command.AddOptions(data, model, precision, chunks, published, work, json);
        command.Validators.Add(result =>
        {
            if (result.GetResult(chunks) is not null
                && result.GetResult(task) is { Tokens: [var given] }
                && EvalTasks.Find(given.Value) is not RetrievalTask)
            {
                var retrieval = EvalTasks.All.OfType<RetrievalTask>().Select(candidate => candidate.Name);
                result.AddError($"--chunks needs a task of retrieval; expected {string.Join(", ", retrieval)}.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, folder) = (parsed.GetRequiredValue(task), parsed.GetRequiredValue(data));
            var kind = chunks.Parse(parsed);
            var places = FindData(name, folder, kind);
            var options = new JinaEmbeddingOptions { Model = parsed.GetRequiredValue(model), Precision = precision.Parse(parsed) };
            await using var generator = await ModelLoader.LoadAsync(options, cancellationToken);
            var workFolder = parsed.GetValue(work) ?? Path.Combine(new ModelStore().CacheDirectory, WorkFolderName);
            var run = new EvalRun(new EvalModel(generator, workFolder), StatusLine.Write);
            var reference = parsed.GetValue(published) ?? PublishedModel.Find(options.Model.Name);
            if (name.Equals(SeedTable, StringComparison.OrdinalIgnoreCase))
            {
                await RunSeedTableAsync(run, places, options, reference ?? PublishedModel.All[0], parsed.GetValue(json), cancellationToken);
            }
            else
            {
                await RunTaskAsync(run, places.Single(), options, reference, parsed.GetValue(json), cancellationToken);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task RunTaskAsync(
        EvalRun run,
        (EvalTask, DataFolder) place,
        JinaEmbeddingOptions options,
        PublishedModel? published,
        bool json,
        CancellationToken cancellationToken)
    {
        var scores = await run.MeasureAsync(place, cancellationToken);
        if (json)
        {
            EvalJson.Write(scores);
        }
        else
        {
            var chunks = scores.Chunks is { } kind ? $", {ChunksOption.NameOf(kind)} chunks" : "";
            EvalTables.Write(
                scores,
                $"{scores.Task.Name}: {options.Model.Name}, {PrecisionOption.NameOf(options.Precision)}{chunks}",
                scores.Chunks is null ? published : null);
        }
    }

    private static async Task RunSeedTableAsync(
        EvalRun run,
        IReadOnlyList<(EvalTask, DataFolder)> places,
        JinaEmbeddingOptions options,
        PublishedModel published,
        bool json,
        CancellationToken cancellationToken)
    {
        var rows = await run.MeasureSeedTableAsync(places, published, cancellationToken);
        var precision = PrecisionOption.NameOf(options.Precision);
        if (json)
        {
            EvalJson.Write(rows, options.Model.Name, precision, published);
        }
        else
        {
            EvalTables.Write(rows, options.Model.Name, precision, published);
        }
    }

    /// <summary>Finds the data before a model is loaded; for the table, all data that is present.</summary>
    private static (EvalTask Task, DataFolder Data)[] FindData(string name, string folder, ChunkKind? chunks)
    {
        if (EvalTasks.Find(name) is { } single)
        {
            var chosen = single is RetrievalTask retrieval ? retrieval with { Chunks = chunks } : single;
            return [(chosen, DataFolder.Require(single, folder))];
        }

        DataFolder.ThrowIfMissing(folder);
        EvalTask[] tasks = [.. PublishedModel.SeedTasks.Select(seed => EvalTasks.Find(seed)!)];
        (EvalTask Task, DataFolder Data)[] found =
        [
            .. from task in tasks
               let data = DataFolder.Find(task, folder, anyName: false)
               where data is not null
               select (task, data),
        ];
        var missing = tasks.Except(found.Select(place => place.Task));
        string[] problems = [.. missing.Select(task => DataFolder.Problem(task, folder, anyName: false)).OfType<string>()];
        if (found.Length == 0)
        {
            var expected = string.Join(", ", tasks.Select(task => task.Folders[0]));
            var problem = problems.Length > 0 ? string.Join(' ', problems) : $"Found {DataFolder.Contents(folder)}.";
            throw new CommandException(
                $"{folder}: The folder has no data for the table. {problem} "
                + $"Expected folders such as {expected}. docs/quality.md says where to get them.");
        }

        foreach (var problem in problems)
        {
            StatusLine.Write(problem);
        }

        return found;
    }

    private static Argument<string> TaskArgument()
    {
        string[] names = [.. EvalTasks.All.Select(task => task.Name), SeedTable];
        var argument = new Argument<string>("TASK")
        {
            Description = $"{string.Join(", ", names[..^1])}, or {SeedTable}: all tasks of the models' first card whose data is present.",
        };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !names.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"'{token.Value}' is not a task; expected {string.Join(", ", names)}.");
            }
        });
        return argument;
    }

    private static Option<PublishedModel?> PublishedOption()
    {
        var letters = PublishedModel.All.Select(model => model.Letter);
        return new Option<PublishedModel?>("--published")
        {
            Description = "The model whose published scores are shown for comparison: small, base or large. "
                + "[default: by the model's name; for the table of another model, s]",
            HelpName = string.Join('|', letters),
            CustomParser = result =>
            {
                var letter = result.Tokens[0].Value;
                if (PublishedModel.FindByLetter(letter) is { } model)
                {
                    return model;
                }

                result.AddError($"--published is '{letter}'; expected {string.Join(", ", letters)}.");
                return null;
            },
        };
    }
}
