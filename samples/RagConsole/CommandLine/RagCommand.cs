using System.CommandLine;
using Microsoft.SemanticKernel;
using RagConsole.Output;

namespace RagConsole.CommandLine;

/// <summary>Reads the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.</summary>
internal static class RagCommand
{
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    /// <summary>Runs what the command line says, and turns every failure into one line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="wire">Makes the services, for a model and a database's connection string.</param>
    public static async Task<int> RunAsync(string[] args, Func<ModelChoice, string, Kernel> wire)
    {
        var root = HelpText.AddTo(new RootCommand("Answers questions about your Markdown, text, HTML and PDF files, with an embedding model in this process and a database in one file.")
        {
            IngestCommand.Create(wire),
            AskCommand.Create(wire),
            ChatCommand.Create(wire),
            StatsCommand.Create(),
            EvaluateCommand.Create(wire),
        });
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpText)
        {
            Status.Error($"{parsed.Errors[0].Message} Try --help.");
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
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
}
