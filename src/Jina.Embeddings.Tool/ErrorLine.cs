using System.CommandLine;
using System.CommandLine.Parsing;
using Jina.Embeddings.Tool.Commands;
using Jina.Evaluation.Datasets;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Diagnostics;

namespace Jina.Embeddings.Tool;

/// <summary>Writes the single line on stderr that explains a failure. It never contains a stack trace.</summary>
internal static class ErrorLine
{
    private const string Name = "jina-embeddings";

    /// <summary>Reports an invalid command line.</summary>
    public static int Usage(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
        {
            names.Insert(0, command == parsed.RootCommandResult ? Name : command.Command.Name);
        }

        // An unknown token explains more than the missing values that the parser finds because of it.
        var problem = parsed.UnmatchedTokens.Count > 0
            ? $"'{parsed.UnmatchedTokens[0]}' is not a command or option here."
                + Suggestion.For(parsed.UnmatchedTokens[0], parsed.CommandResult.Command)
            : parsed.Errors[0].Message;
        Write($"{problem} See '{string.Join(' ', names)} --help'.");
        return ExitCode.WrongUsage;
    }

    /// <summary>Reports the exception that ended a command.</summary>
    public static int Failure(Exception exception)
    {
        Write(exception switch
        {
            CommandException or DatasetException or JinaModelException or IOException or UnauthorizedAccessException => exception.Message,
            _ => $"{exception.GetType().Name}: {exception.Message} This should not happen. Please report it with the command you ran.",
        });
        return exception is CommandException known ? known.ExitCode : ExitCode.Failed;
    }

    private static void Write(string message) =>
        Console.Error.WriteLine($"{Name}: {PrintableText.Message(message.ReplaceLineEndings(" "))}");
}
