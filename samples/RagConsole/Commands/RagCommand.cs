using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Microsoft.SemanticKernel;
using RagConsole.Output;

namespace RagConsole.Commands;

/// <summary>Runs the command line. Exit codes: 0 success, 1 failure, 2 invalid usage, 130 interrupted.</summary>
internal static class RagCommand
{
    private const int Failed = 1;
    private const int InvalidUsage = 2;
    private const int Interrupted = 130;

    /// <summary>Runs a command and reports every failure as one line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="wire">The function that creates the services for a model and the connection string of a database.</param>
    public static async Task<int> RunAsync(string[] args, Func<ModelChoice, string, Kernel> wire)
    {
        using var interrupts = new Interrupts();

        // A root command would have the name of the executable file in the help.
        var root = new Command(
            Tool.Name,
            "Answers questions about your documents, mail and source code. "
            + "The embedding model runs in this process, and the database is one file.")
        {
            IngestCommand.Create(wire),
            AskCommand.Create(wire),
            ChatCommand.Create(wire, interrupts),
            WatchCommand.Create(wire),
            McpCommand.Create(wire),
            StatsCommand.Create(),
            ForgetCommand.Create(),
            EvaluateCommand.Create(wire),
            new HelpOption(),
            new VersionOption(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);

        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            Status.Error($"{parsed.Errors[0].Message} Try --help.");
            return InvalidUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interrupts.Token);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception error)
        {
            Status.Error(error.Message);
            return Failed;
        }
    }

    /// <summary>Writes the default help and examples below it.</summary>
    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        private const string Examples =
            $$"""
            Examples:
              {{Tool.Name}} ask "How do I clean the rain gauge?"
              {{Tool.Name}} ask "What does error E14 mean?" --hybrid --top 1
              {{Tool.Name}} ask "Why are documents parsed in a child process?" --docs docs --json
              {{Tool.Name}} ingest ~/notes
              {{Tool.Name}} ask "When is the gutter cleaned?" --collection notes --path "house/**/*.md" --context 2
              {{Tool.Name}} watch
              {{Tool.Name}} chat
              {{Tool.Name}} mcp ~/notes

            To have a chat model write an answer from the passages, set OPENAI_API_KEY. To use another server or
            chat model, set OPENAI_BASE_URL and OPENAI_MODEL.
            """;

        /// <inheritdoc/>
        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(Examples);
            return exitCode;
        }
    }
}
