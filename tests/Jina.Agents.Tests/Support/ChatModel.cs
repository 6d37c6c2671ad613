using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Jina.Agents.Tests.Support;

/// <summary>Replaces a chat model. It records its input, and it calls one function first if the test sets one.</summary>
internal sealed class ChatModel : IChatClient
{
    /// <summary>Gets the messages of the latest request.</summary>
    public List<ChatMessage> Messages { get; } = [];

    /// <summary>Gets the tools of the latest request.</summary>
    public List<AITool> Tools { get; } = [];

    /// <summary>Gets or sets the function to call and its argument.</summary>
    public (string Function, string Parameter, string Value)? Call { get; set; }

    /// <summary>Gets the text of all messages of the latest request.</summary>
    public string Input => string.Join('\n', Messages.Select(message => message.Text));

    /// <summary>Gets the result of the function that the model called.</summary>
    public string? Result =>
        Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().LastOrDefault()?.Result?.ToString();

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Messages.Clear();
        Messages.AddRange(messages);
        Tools.Clear();
        Tools.AddRange(options?.Tools ?? []);
        AIContent answer = new TextContent("Noted.");
        if (Call is var (function, parameter, value) && Result is null)
        {
            answer = new FunctionCallContent("1", function, new Dictionary<string, object?> { [parameter] = value });
        }

        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [answer])));
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

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
