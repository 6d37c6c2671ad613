using System.Text;
using System.Text.Json;

namespace Jina.Embeddings.Clients.Tests.Replay;

/// <summary>Represents one request of a client and the answer that the client needs.</summary>
/// <param name="Name">The purpose, which is unique for a client.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path at the server.</param>
/// <param name="Headers">The headers that the client sets, also empty ones.</param>
/// <param name="Body">The body, whose text is sent without a change, or <see langword="null"/>.</param>
/// <param name="Expected">The answer.</param>
internal sealed record ReplayedRequest(
    string Name,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    JsonElement? Body,
    ExpectedAnswer Expected)
{
    /// <summary>Creates the message that the client sends.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Path);
        if (Body is { } body)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.GetRawText()));
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
