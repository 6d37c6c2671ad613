using System.CommandLine;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>info</c>: what would run, told from names and headers; nothing is loaded or written.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var model = ModelOption.Create();
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of a table.", Arity = ArgumentArity.Zero };
        var command = new ToolCommand("info", "Tell what would run, without loading it.")
        {
            Examples =
            [
                "jina-embeddings info --model models/demo-en",
                "jina-embeddings info --model jina-embedding-s-en-v1 --json",
            ],
        };
        command.Options.Add(model);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var store = new ModelStore();
            var named = parsed.GetRequiredValue(model);
            var folder = named.Directory ?? store.TryLocate(named) ?? throw new CommandException(
                $"{named.Name} is not in the cache {store.CacheDirectory}; expected a model that is on this machine. "
                + $"Run 'jina-embeddings pull {named.Name}' where the hub can be reached, or give its folder.");
            var info = JinaModelInfo.Read(folder, store.CacheDirectory);
            if (parsed.GetValue(json))
            {
                InfoOutput.WriteJson(named.Name, info, store.CacheDirectory);
            }
            else
            {
                InfoOutput.WriteTable(named.Name, info, store.CacheDirectory);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
