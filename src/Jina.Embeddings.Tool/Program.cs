using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Jina.Embeddings.Tool;
using Jina.Embeddings.Tool.Commands;
using Jina.Embeddings.Tool.Output;

var root = new RootCommand("Tokenize, embed and compare texts with the Jina v1 models, in this process, or serve the models over HTTP.")
{
    TokenizeCommand.Create(),
    EmbedCommand.Create(),
    MergeCommand.Create(),
    SimilarityCommand.Create(),
    InfoCommand.Create(),
    PullCommand.Create(),
    PackCommand.Create(),
    PlanCommand.Create(),
    BenchCommand.Create(),
    EvalCommand.Create(),
    ServeCommand.Create(),
};
var help = root.Options.OfType<HelpOption>().Single();
help.Action = new HelpWithExamples((HelpAction)help.Action!);

try
{
    var parsed = root.Parse(args.Length == 0 ? ["--help"] : args, ArgumentParsing.Configuration);
    if (parsed is { CommandResult.Command: ToolCommand { ReadsEnvironment: true }, Action: not HelpWithExamples })
    {
        parsed = root.Parse(EnvironmentArguments.Insert(args, parsed), ArgumentParsing.Configuration);
    }

    if (parsed.Action is ParseErrorAction)
    {
        return ErrorLine.Usage(parsed);
    }

    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = (parsed.CommandResult.Command as ToolCommand)?.TerminationTimeout(parsed),
    });
}
catch (OutputClosedException)
{
    return ExitCode.Done;
}
catch (OperationCanceledException)
{
    return ExitCode.Interrupted;
}
catch (Exception e)
{
    return ErrorLine.Failure(e);
}
