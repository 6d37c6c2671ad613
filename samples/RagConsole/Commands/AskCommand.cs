using System.CommandLine;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RagConsole.Answers;
using RagConsole.Output;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>ask QUESTION</c>.</summary>
internal static class AskCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var question = new Argument<string>("question") { Description = "The question, in quotes." };
        question.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError("The question is empty.");
            }
        });
        var docs = new Option<string?>("--docs")
        {
            Description = "Ask about the files in this folder, without a database.",
            HelpName = "DIR",
        };
        var rerank = new Option<bool>("--rerank")
        {
            Description = "Have the chat model order the 20 best passages, or as many as --top if that is more.",
        };
        var jsonLines = new Option<bool>("--json-lines")
        {
            Description = "Write one JSON object per passage and line, without an answer of the chat model.",
        };
        var (search, context, json) = (new SearchOptions(), CreateContext(), SharedOptions.Json("one object"));
        var command = new Command("ask", "Finds the passages that answer a question. If a chat model is configured, it writes an answer.")
        {
            question, docs,
        };
        search.AddTo(command);
        foreach (var option in new Option[] { rerank, context, json, jsonLines })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(jsonLines))
            {
                result.AddError("--json and --json-lines exclude each other. Omit one of them.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(question);
            if (parsed.GetValue(rerank) && !ChatModel.IsConfigured)
            {
                throw new InvalidOperationException($"--rerank needs a chat model. Set {ChatModel.KeyVariable}, or omit --rerank.");
            }

            using var session = await SearchSession.OpenAsync(wire, search.Read(parsed), parsed.GetValue(docs), cancellationToken);
            await session.RefreshAsync(cancellationToken);
            var chat = session.Kernel.Services.GetService<IChatClient>();
            var reranker = parsed.GetValue(rerank) && chat is not null ? new ChatReranker(chat, Status.Warning) : null;
            var findings = await session.FindAsync(text, [text], reranker, parsed.GetValue(context), cancellationToken);
            if (parsed.GetValue(jsonLines))
            {
                Report.WriteLines(findings);
                return;
            }

            if (chat is not null)
            {
                var answer = new Conversation(chat).AnswerAsync(text, findings.Hits, Status.Warning, cancellationToken);
                findings = findings with { Answer = answer };
            }

            await Report.WriteAsync(findings, parsed.GetValue(json));
            if (chat is null && !parsed.GetValue(json))
            {
                Status.Note($"To have a chat model write an answer from these passages, set {ChatModel.KeyVariable}.");
            }
        });
        return command;
    }

    private static Option<int?> CreateContext()
    {
        var context = new Option<int?>("--context", "-C")
        {
            Description = "Show this many lines of the file before and after each passage, with their numbers.",
            HelpName = "LINES",
        };
        context.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count >= 0))
            {
                result.AddError("--context expects a number of lines.");
            }
        });
        return context;
    }
}
