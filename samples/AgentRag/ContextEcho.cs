using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentRag;

/// <summary>Replaces a chat model that is not configured. Its answer is the input that a chat model would receive.</summary>
internal sealed class ContextEcho : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var input = messages
            .Select(message => $"{message.Role}: {message.Text}")
            .Prepend($"{ChatRole.System}: {options?.Instructions}");
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Join("\n\n", input))));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
