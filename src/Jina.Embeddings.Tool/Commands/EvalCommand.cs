using System.CommandLine;
using Jina.Embeddings.Tool.Evaluation;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>eval</c>: how good a model's vectors are, by tasks whose scores are published.</summary>
internal static class EvalCommand
{
    private const string SeedTable = "seed-table";
    private const string WorkFolderName = "eval";

    public static Command Create()
    {
        var task = TaskArgument();
        var data = new Option<string>("--data") { Description = "The folder of the task's data, or a folder that holds it under one of its usual names.", HelpName = "DIR", Required = true };
        var model = ModelOption.Create();
        var precision = new PrecisionOption();
        var published = PublishedOption();
        var work = new Option<string?>("--work") { Description = "Where the vectors of a corpus are kept, so that a run that was ended goes on. [default: eval in the models' cache]", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of a table.", Arity = ArgumentArity.Zero };
        var command = new ToolCommand("eval", "Measure how good a model's vectors are: similarity (STS), retrieval (BEIR), reranking.")
        {
            Examples =
            [
                "jina-embeddings eval stsb-dev --data stsb --model models/demo-en --json",
                "jina-embeddings eval scifact --data ~/beir --model jina-embedding-s-en-v1 --precision int8",
                "jina-embeddings eval seed-table --data ~/datasets --model jina-embedding-b-en-v1",
            ],
        };
        command.Arguments.Add(task);
        foreach (var option in (Option[])[data, model, precision, published, work, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, folder) = (parsed.GetRequiredValue(task), parsed.GetRequiredValue(data));
            var places = Places(name, folder);
            var options = new JinaEmbeddingOptions { Model = parsed.GetRequiredValue(model), Precision = precision.Of(parsed) };
            await using var generator = await ModelLoad.RunAsync(options, cancellationToken);
            var workFolder = parsed.GetValue(work) ?? Path.Combine(new ModelStore().CacheDirectory, WorkFolderName);
            var run = new EvalRun(new EvalModel(generator, workFolder), Console.Error.WriteLine);
            var reference = parsed.GetValue(published) ?? PublishedModel.Of(options.Model.Name);
            var output = new EvalOutput(options.Model.Name, options.Precision, reference, parsed.GetValue(json));
            if (name == SeedTable)
            {
                var beside = reference ?? PublishedModel.All[0];
                output.Write(await run.SeedTableAsync(places, beside, cancellationToken), beside);
            }
            else
            {
                output.Write(await run.MeasureAsync(places.Single(), cancellationToken));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Finds the data before anything is loaded; for the table, all that is there.</summary>
    private static (EvalTask Task, DataFolder Data)[] Places(string name, string folder)
    {
        if (EvalTasks.Find(name) is { } single)
        {
            return [(single, DataFolder.Require(single, folder))];
        }

        DataFolder.ThrowIfNoFolder(folder);
        EvalTask[] tasks = [.. PublishedModel.SeedTasks.Select(seed => EvalTasks.Find(seed)!)];
        (EvalTask, DataFolder)[] found =
        [
            .. from task in tasks
               let data = DataFolder.Find(task, folder, anyName: false)
               where data is not null
               select (task, data),
        ];
        return found.Length > 0 ? found : throw new CommandException(
            $"{folder}: There is no data of the table; expected folders such as {string.Join(", ", tasks.Select(task => task.Folders[0]))}; "
            + $"found {DataFolder.Contents(folder)}. docs/quality.md says where to get them.");
    }

    private static Argument<string> TaskArgument()
    {
        string[] names = [.. EvalTasks.All.Select(task => task.Name), SeedTable];
        var argument = new Argument<string>("TASK") { Description = $"{string.Join(", ", names[..^1])}, or {SeedTable}: all that is there of the models' first card." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !names.Contains(token.Value))
            {
                result.AddError($"There is no task '{token.Value}'; expected {string.Join(", ", names)}.");
            }
        });
        return argument;
    }

    private static Option<PublishedModel?> PublishedOption() => new("--published")
    {
        Description = "Whose published scores stand beside: of the small, base or large model. [default: by the model's name; for another model's table, s]",
        HelpName = string.Join('|', PublishedModel.All.Select(model => model.Letter)),
        CustomParser = result =>
        {
            var letter = result.Tokens[0].Value;
            if (PublishedModel.All.FirstOrDefault(model => model.Letter == letter) is { } model)
            {
                return model;
            }

            result.AddError($"--published is '{letter}'; expected {string.Join(", ", PublishedModel.All.Select(model => model.Letter))}.");
            return null;
        },
    };
}
