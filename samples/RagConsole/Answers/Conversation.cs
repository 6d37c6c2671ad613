using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagConsole.Retrieval;

namespace RagConsole.Answers;

/// <summary>Has a chat model answer questions from the passages that were found for each, with what was said before in mind.</summary>
internal sealed class Conversation(IChatClient chat)
{
    private readonly List<ChatMessage> _history = [];

    /// <summary>Returns the answer, part by part as the model writes it; a failure ends it and is told in one line.</summary>
    public async IAsyncEnumerable<string> AnswerAsync(string question, IReadOnlyList<Hit> hits, Action<string> warn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Of earlier turns only what was said goes along: their passages would crowd out this question's.
        ChatMessage[] messages = [new(ChatRole.System, Citations.Instructions), .. _history, new(ChatRole.User, Citations.Prompt(question, hits))];
        var answer = "";
        await using var updates = chat.GetStreamingResponseAsync(messages, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(updates, warn, cancellationToken))
        {
            answer += updates.Current.Text;
            yield return updates.Current.Text;
        }

        if (answer.Length > 0)
        {
            _history.AddRange([new(ChatRole.User, question), new(ChatRole.Assistant, answer)]);
        }
    }

    /// <summary>Any failure is the chat server's or the network's: the passages are still good, so it is only told.</summary>
    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, Action<string> warn, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            warn($"No answer text: {(error as AggregateException)?.InnerExceptions[^1].Message ?? error.Message}");
            return false;
        }
    }
}
