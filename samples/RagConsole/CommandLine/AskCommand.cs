using System.CommandLine;
using Jina.Extensions.AI;
using RagConsole.Output;

namespace RagConsole.CommandLine;

/// <summary>Reads the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.</summary>
internal static class AskCommand
{
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    /// <summary>Runs the program's work with what the command line says, and turns every failure into one line.</summary>
    public static async Task<int> RunAsync(string[] args, Func<AskOptions, CancellationToken, Task> ask)
    {
        var parsed = Create(ask).Parse(args.Length == 0 ? ["ask", "--help"] : args);
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

    private static RootCommand Create(Func<AskOptions, CancellationToken, Task> ask)
    {
        var question = new Argument<string>("question") { Description = "What to look for, in quotes." };
        question.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError("The question is empty.");
            }
        });

        var docs = new Option<string>("--docs")
        {
            Description = "The folder of your documents: .md, .markdown and .txt files, subfolders included. Default: the small corpus of this sample.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "corpus"),
        };
        var model = new Option<JinaEmbeddingModel?>("--model")
        {
            Description = "The embedding model: a name, a folder, demo (comes with this sample), or auto: jina-embedding-s-en-v1 when it is in the cache or can be downloaded, else demo. Default: auto.",
            HelpName = "auto|demo|NAME|DIR",
            CustomParser = result =>
            {
                try
                {
                    return ModelChoice.Parse(result.Tokens[0].Value);
                }
                catch (ArgumentException error)
                {
                    // Without the suffix that names a parameter of our code.
                    result.AddError(error.Message.Split(" (Parameter ")[0]);
                    return null;
                }
            },
        };
        var top = new Option<int>("--top") { Description = "How many passages to show. Default: 3.", HelpName = "N", DefaultValueFactory = _ => 3 };
        top.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count > 0))
            {
                result.AddError("--top expects a whole number of at least 1.");
            }
        });

        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of text." };
        var command = new Command("ask", "Finds the passages that answer a question.") { question, docs, model, top, json };
        command.SetAction((parsed, cancellationToken) => ask(
            new(parsed.GetRequiredValue(question), parsed.GetRequiredValue(docs), parsed.GetValue(model), parsed.GetValue(top), parsed.GetValue(json)),
            cancellationToken));
        return HelpText.AddTo(new RootCommand("Asks your Markdown and text files a question: embeds them in this process and shows the passages nearest to it.") { command });
    }
}
