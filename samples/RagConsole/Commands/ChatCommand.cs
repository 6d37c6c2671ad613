using System.CommandLine;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RagConsole.Answers;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>chat</c>.</summary>
internal static class ChatCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire)
    {
        var (database, model, top) = (SharedOptions.Database(), SharedOptions.Model(), SharedOptions.Top());
        var (hybrid, json) = (SharedOptions.Hybrid(), SharedOptions.Json("one object per turn and line"));
        var command = new Command("chat", "Answers the questions on stdin, one per line, until the input ends. Requires a chat model.")
        {
            database, model, top, hybrid, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.OpenForSearchAsync(
                wire, parsed.GetValue(database), docs: null, parsed.GetValue(model), cancellationToken);
            var chat = session.Kernel.Services.GetService<IChatClient>() ?? throw new InvalidOperationException(
                $"A chat model is not configured. Set {ChatModel.KeyVariable} and, to use your own server, "
                + $"{ChatModel.AddressVariable}. The 'ask' command works without a chat model.");
            var conversation = new Conversation(chat);
            var search = session.Kernel.GetRequiredService<PassageSearch>();
            var kind = parsed.GetValue(hybrid) ? SearchKind.Hybrid : SearchKind.Vector;
            while (await ReadLineAsync(cancellationToken) is { } question)
            {
                if (string.IsNullOrWhiteSpace(question))
                {
                    continue;
                }

                var hits = await search.FindAsync(question, parsed.GetValue(top), kind, cancellationToken);
                var answer = conversation.AnswerAsync(question, hits, Status.Warning, cancellationToken);
                var findings = new Findings(question, session.Model.Model.Name, hits, answer);
                await Report.WriteTurnAsync(findings, parsed.GetValue(json));
            }
        });
        return command;
    }

    private static async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            Console.Error.Write("> ");
        }

        // Reading the console cannot be canceled, but waiting for it can.
        return await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
    }
}
