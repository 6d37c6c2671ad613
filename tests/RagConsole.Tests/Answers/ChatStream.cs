using System.Text.Json;

namespace RagConsole.Tests.Answers;

/// <summary>Creates the responses of a streaming chat server.</summary>
internal static class ChatStream
{
    /// <summary>Returns a stream with one event for each part of the answer.</summary>
    public static string Create(params string[] parts)
    {
        var events = parts.Select((part, index) => JsonSerializer.Serialize(new
        {
            id = "1",
            @object = "chat.completion.chunk",
            created = 1,
            model = "m",
            choices = new[]
            {
                new
                {
                    index = 0,
                    delta = new { role = "assistant", content = part },
                    finish_reason = index == parts.Length - 1 ? "stop" : null,
                },
            },
        }));
        return string.Concat(events.Append("[DONE]").Select(data => $"data: {data}\n\n"));
    }
}
