using System.CommandLine;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RagConsole.Answers;
using RagConsole.Output;

namespace RagConsole.Commands;

/// <summary>Creates the command <c>chat</c>.</summary>
internal static class ChatCommand
{
    public static Command Create(Func<ModelChoice, string, Kernel> wire, Interrupts interrupts)
    {
        var (search, json) = (new SearchOptions(), SharedOptions.Json("one object per turn and line"));
        const string Summary = "Answers the questions on stdin, one per line, until the input ends. Without a chat model, it shows the "
            + "passages. Ctrl+C cancels an answer. At the prompt, it ends the program.";
        var command = new Command("chat", Summary);
        search.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await SearchSession.OpenAsync(wire, search.Read(parsed), docs: null, cancellationToken);
            var chat = session.Kernel.Services.GetService<IChatClient>();
            if (chat is null)
            {
                Status.Note(
                    "A chat model is not configured, so you get passages instead of answers. "
                    + $"To change that, set {ChatModel.KeyVariable}.");
            }

            var conversation = new Conversation(chat);
            while (await ReadLineAsync(cancellationToken) is { } question)
            {
                if (!string.IsNullOrWhiteSpace(question) && !await interrupts.TryRunAsync(token => AnswerAsync(question, token)))
                {
                    Status.Note("The answer was canceled. The conversation goes on.");
                }
            }

            async Task AnswerAsync(string question, CancellationToken token)
            {
                await session.RefreshAsync(token);
                var wordings = await conversation.GetWordingsAsync(question, token);
                var findings = await session.FindAsync(question, wordings, reranker: null, context: null, token);
                if (chat is not null)
                {
                    findings = findings with { Answer = conversation.AnswerAsync(question, findings.Hits, Status.Warning, token) };
                }

                if (wordings is [var rewritten] && rewritten != question)
                {
                    Status.Note($"Searched for: {rewritten}");
                }

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
