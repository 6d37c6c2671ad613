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
    SimilarityCommand.Create(),
    InfoCommand.Create(),
    PullCommand.Create(),
    BenchCommand.Create(),
    EvalCommand.Create(),
    ServeCommand.Create(),
};
var help = root.Options.OfType<HelpOption>().Single();
help.Action = new HelpWithExamples((HelpAction)help.Action!);

// A text may begin with '@'. By default, the parser would read it as the name of a file of arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Action is ParseErrorAction)
{
    return ErrorLine.Usage(parsed);
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = (parsed.CommandResult.Command as ToolCommand)?.TerminationTimeout,
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
