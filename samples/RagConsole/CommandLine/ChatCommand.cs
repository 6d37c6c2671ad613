using System.CommandLine;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RagConsole.Answers;
using RagConsole.Output;
using RagConsole.Retrieval;

namespace RagConsole.CommandLine;

/// <summary><c>chat</c>.</summary>
internal static class ChatCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var (database, model, top, hybrid, json) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Top(), SharedOptions.Hybrid(), SharedOptions.Json("one object per turn, a line each,"));
        var command = new Command("chat", "Answers questions, one per line of stdin, until the input ends. Needs a chat model.") { database, model, top, hybrid, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.ForSearchAsync(wire, parsed.GetValue(database), docs: null, parsed.GetValue(model), cancellationToken);
            var chat = session.Kernel.Services.GetService<IChatClient>()
                ?? throw new InvalidOperationException($"There is no chat model. Set {ChatModel.KeyVariable}, or, for a server of your own, also {ChatModel.AddressVariable}; 'ask' needs none.");
            var kind = parsed.GetValue(hybrid) ? SearchKind.Hybrid : SearchKind.Vector;
            await TurnsAsync(session, new Conversation(chat), kind, parsed.GetValue(top), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task TurnsAsync(Session session, Conversation conversation, SearchKind kind, int top, bool json, CancellationToken cancellationToken)
    {
        var search = session.Kernel.GetRequiredService<PassageSearch>();
        while (await ReadAsync(cancellationToken) is { } question)
        {
            if (string.IsNullOrWhiteSpace(question))
            {
                continue;
            }

            var hits = await search.FindAsync(question, top, kind, cancellationToken);
            var answer = conversation.AnswerAsync(question, hits, Status.Warning, cancellationToken);
            var findings = new Findings(question, session.Model.Model.Name, hits, answer);
            await (json ? JsonReport.WriteAsync(findings, oneLine: true) : ChatReport.WriteAsync(findings));
        }
    }

    private static async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            Console.Error.Write("> ");
        }

        // A read of the console cannot be cancelled; waiting for it can.
        return await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
    }
}
