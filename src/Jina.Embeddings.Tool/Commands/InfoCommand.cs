using System.CommandLine;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>info</c>: describes a model from names and headers. Nothing is loaded or written.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var model = ModelOption.Create();
        var json = new JsonOption();
        var command = new ToolCommand("info", "Show what would run, without loading it.")
        {
            Examples =
            [
                "jina-embeddings info --model models/demo-en",
                "jina-embeddings info --model jina-embedding-s-en-v1 --json",
            ],
        };
        command.AddOptions(model, json);
        command.SetAction(parsed =>
        {
            var store = new ModelStore();
            var named = parsed.GetRequiredValue(model);
            var folder = named.DirectoryPath ?? store.TryLocate(named) ?? throw new CommandException(
                $"{named} is not in the cache {store.CacheDirectory}; expected a model on this machine. "
                + $"{store.DescribeOtherRevisions(named)}"
                + $"Run 'jina-embeddings pull {named}' where the hub can be reached, or give its folder.");
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
