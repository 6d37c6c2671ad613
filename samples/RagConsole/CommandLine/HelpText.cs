using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RagConsole.CommandLine;

/// <summary>The usual help, and examples below it.</summary>
internal sealed class HelpText(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Examples =
        """
        Examples:
          dotnet run --project samples/RagConsole -- ask "How do I clean the rain gauge?"
          dotnet run --project samples/RagConsole -- ingest ~/notes
          dotnet run --project samples/RagConsole -- ask "How do we rotate the keys?" --hybrid --top 5
          dotnet run --project samples/RagConsole -- ask "Who maintains the parser?" --docs docs --json
          dotnet run --project samples/RagConsole -- chat

        Set OPENAI_API_KEY to have a chat model write an answer from the passages; OPENAI_BASE_URL and
        OPENAI_MODEL choose another server and model.
        """;

    /// <summary>Adds the examples to the help of a command and of the commands below it.</summary>
    public static RootCommand AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpText((HelpAction)help.Action!);
        return root;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(Examples);
        return exitCode;
    }
}
