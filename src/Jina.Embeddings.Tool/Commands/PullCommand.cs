using System.CommandLine;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Diagnostics;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>pull</c>: downloads a model into the cache, or lists and prunes the cache.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "A known model (jina-embedding-s-en-v1, -b-, -l-) or org/name on the hub, also as NAME@R.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var revision = new Option<string?>("--revision")
        {
            Description = "A commit, branch or tag, like NAME@R. [default: the pinned commit, or main]",
            HelpName = "R",
        };
        var cache = new Option<string?>("--cache-dir")
        {
            Description = "The cache folder. [default: JINA_EMBEDDINGS_CACHE, or the platform's folder]",
            HelpName = "D",
        };
        var list = new Option<bool>("--list") { Description = "List the cached models.", Arity = ArgumentArity.Zero };
        var prune = new Option<bool>("--prune")
        {
            Description =
                "Remove incomplete downloads, commits that no revision refers to, and graphs, which are created again when needed.",
            Arity = ArgumentArity.Zero,
        };
        var command = new ToolCommand(
            "pull", "Download a model into the cache, or verify the cached one. The last line on stdout is the model directory.")
        {
            Examples =
            [
                "jina-embeddings pull jina-embedding-s-en-v1",
                "jina-embeddings pull sentence-transformers/sentence-t5-base@main --cache-dir /srv/models",
                "jina-embeddings pull --list",
            ],
        };
        command.Arguments.Add(name);
        command.AddOptions(revision, cache, list, prune);
        command.Validators.Add(result =>
        {
            bool[] tasks = [result.GetValue(name) is not null, result.GetValue(list), result.GetValue(prune)];
            if (tasks.Count(wanted => wanted) != 1)
            {
                result.AddError("pull takes either the name of a model, or --list, or --prune.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var store = new ModelStore(new ModelStoreOptions { CacheDirectory = parsed.GetValue(cache) });
            if (parsed.GetValue(name) is { } wanted)
            {
                using var progress = new ProgressDisplay();
                var model = ParseModel(wanted, parsed.GetValue(revision));
                var folder = await store.RepairAsync(model, progress, cancellationToken);
                Console.WriteLine(Console.IsOutputRedirected ? folder : PrintableText.Message(folder));
            }
            else if (parsed.GetValue(list))
            {
                CacheOutput.Write(store.List(), store.CacheDirectory, action: "Found");
            }
            else
            {
                CacheOutput.Write(store.Prune(), store.CacheDirectory, action: "Removed");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static JinaEmbeddingModel ParseModel(string name, string? revision)
    {
        try
        {
            var model = JinaEmbeddingModel.Parse(name);
            return revision is null ? model : model.At(revision);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(ModelOption.MessageOf(e), ExitCode.WrongUsage);
        }
    }
}
