using System.CommandLine;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>pull</c>: puts a model into the cache, or tells and tidies what the cache holds.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "A known model (jina-embedding-s-en-v1, -b-, -l-) or org/name on the hub.", Arity = ArgumentArity.ZeroOrOne };
        var revision = new Option<string?>("--revision") { Description = "A commit, branch or tag. [default: the pinned one, or main]", HelpName = "R" };
        var cache = new Option<string?>("--cache-dir") { Description = "The cache folder. [default: JINA_EMBEDDINGS_CACHE, or the platform's]", HelpName = "D" };
        var list = new Option<bool>("--list") { Description = "List what the cache holds.", Arity = ArgumentArity.Zero };
        var prune = new Option<bool>("--prune") { Description = "Remove broken-off downloads, commits that no name leads to any more, and graphs, which are made again when needed.", Arity = ArgumentArity.Zero };
        var command = new ToolCommand("pull", "Download a model into the cache, or verify the one that is there; the last line on stdout is its folder.")
        {
            Examples =
            [
                "jina-embeddings pull jina-embedding-s-en-v1",
                "jina-embeddings pull sentence-transformers/sentence-t5-base --revision main --cache-dir /srv/models",
                "jina-embeddings pull --list",
            ],
        };
        command.Arguments.Add(name);
        command.Options.Add(revision);
        command.Options.Add(cache);
        command.Options.Add(list);
        command.Options.Add(prune);
        command.Validators.Add(result =>
        {
            var tasks = new[] { result.GetValue(name) is not null, result.GetValue(list), result.GetValue(prune) }.Count(wanted => wanted);
            if (tasks != 1)
            {
                result.AddError("pull takes either the name of a model, or --list, or --prune.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var store = new ModelStore(new ModelStoreOptions { CacheDirectory = parsed.GetValue(cache) });
            if (parsed.GetValue(name) is { } wanted)
            {
                Console.WriteLine(await DownloadBar.RepairAsync(store, Model(wanted, parsed.GetValue(revision)), cancellationToken));
            }
            else
            {
                CacheOutput.Write(parsed.GetValue(list) ? store.List() : store.Prune(), store.CacheDirectory, removed: parsed.GetValue(prune));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static JinaEmbeddingModel Model(string name, string? revision)
    {
        try
        {
            var model = JinaEmbeddingModel.Parse(name);
            return revision is null ? model
                : model.Repository is { } repository ? JinaEmbeddingModel.FromHub(repository, revision)
                : throw new CommandException($"'{name}' is a folder and has no revisions; give a model's name.", ExitCode.WrongUsage);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(ModelOption.MessageOf(e), ExitCode.WrongUsage);
        }
    }
}
