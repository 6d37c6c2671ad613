using System.CommandLine;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RagConsole.Answers;
using RagConsole.Output;
using RagConsole.Retrieval;

namespace RagConsole.CommandLine;

/// <summary><c>ask QUESTION</c>.</summary>
internal static class AskCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var question = new Argument<string>("question") { Description = "What to look for, in quotes." };
        question.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError("The question is empty.");
            }
        });
        var docs = new Option<string?>("--docs") { Description = "Ask this folder's files, ingested for this once, instead of a database.", HelpName = "DIR" };
        var (database, model, top, hybrid, json) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Top(), SharedOptions.Hybrid(), SharedOptions.Json("one object"));
        var command = new Command("ask", "Finds the passages that answer a question; a chat model, where there is one, writes an answer from them.") { question, database, docs, model, top, hybrid, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.ForSearchAsync(wire, parsed.GetValue(database), parsed.GetValue(docs), parsed.GetValue(model), cancellationToken);
            var asked = parsed.GetRequiredValue(question);
            var hits = await session.Kernel.GetRequiredService<PassageSearch>().FindAsync(asked, parsed.GetValue(top), parsed.GetValue(hybrid) ? SearchKind.Hybrid : SearchKind.Vector, cancellationToken);
            var chat = session.Kernel.Services.GetService<IChatClient>();
            var answer = chat is null ? null : new Conversation(chat).AnswerAsync(asked, hits, Status.Warning, cancellationToken);
            await Report.WriteAsync(new Findings(asked, session.Model.Model.Name, hits, answer), parsed.GetValue(json));
            if (chat is null && !parsed.GetValue(json))
            {
                Status.Note($"Set {ChatModel.KeyVariable} to have a chat model write an answer from these passages.");
            }
        });
        return command;
    }
}
