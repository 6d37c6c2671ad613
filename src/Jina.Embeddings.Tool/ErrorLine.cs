using System.CommandLine;
using Jina.Evaluation.Datasets;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool;

/// <summary>The one line on stderr that says why there is no result; never a stack trace.</summary>
internal static class ErrorLine
{
    /// <summary>Reports a command line that cannot be understood.</summary>
    public static int Usage(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, command == parsed.RootCommandResult ? Name : command.Command.Name);
        }

        // What the parser cannot place explains more than what it then finds missing.
        var problem = parsed.UnmatchedTokens.Count > 0 ? $"'{parsed.UnmatchedTokens[0]}' is no command or option here." : parsed.Errors[0].Message;
        Write($"{problem} See '{string.Join(' ', names)} --help'.");
        return ExitCode.WrongUsage;
    }

    /// <summary>Reports what ended a command.</summary>
    public static int Failure(Exception exception)
    {
        Write(exception switch
        {
            CommandException or DatasetException or JinaModelException or IOException or UnauthorizedAccessException => exception.Message,
            _ => $"{exception.GetType().Name}: {exception.Message} This should not happen; please report it with the command you ran.",
        });
        return exception is CommandException known ? known.ExitCode : ExitCode.Failed;
    }

    private const string Name = "jina-embeddings";

    private static void Write(string message) =>
        Console.Error.WriteLine($"{Name}: {message.ReplaceLineEndings(" ")}");
}
