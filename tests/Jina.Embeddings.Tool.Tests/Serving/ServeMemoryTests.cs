using System.Net;
using System.Text;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Sends many large bodies at once to a server whose memory is limited. Each one is answered or rejected.</summary>
public sealed class ServeMemoryTests
{
    private const int BodyBytes = 8 * 1024 * 1024;
    private const int Requests = 12;

    /// <summary>The limit of the process, and of its managed heap, which throws OutOfMemoryException above it.</summary>
    private const long MaxMemory = 1_000_000_000;

    private static readonly HttpStatusCode[] Expected =
    [
        HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.RequestEntityTooLarge,
        HttpStatusCode.TooManyRequests,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_large_bodies_at_once_stay_within_the_memory_limit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the memory of a process from /proc.");
        var limit = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = $"0x{MaxMemory / 2:x}" };
        await using var server = await ServeProcess.StartAsync(limit);
        var embeddings = Bodies().Select(body => (Path: "v1/embeddings", body.Name, body.Body));
        var tokens = TokenizeBodies().Select(body => (Path: "tokenize", body.Name, body.Body));
        foreach (var (path, name, body) in embeddings.Concat(tokens))
        {
            Assert.InRange(body.Length, BodyBytes - 4096, BodyBytes);
            var statuses = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => PostAsync(server, path, body)));

            Assert.True(statuses.All(Expected.Contains), $"{path}, {name}: {string.Join(' ', statuses)}");
            Assert.Equal(HttpStatusCode.OK, await PostAsync(server, "v1/embeddings", """{"input": "x"}"""u8.ToArray()));
        }

        Assert.InRange(server.ReadPeakMemory(), 1, MaxMemory);
        await server.CrashAsync();
        var (_, _, error) = await server.WaitAsync();
        Assert.DoesNotContain("error ", error, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, byte[] Body)> Bodies()
    {
        yield return ("one text", Fill("{\"input\":\"", "word ", "\"}"));
        yield return ("one word", Fill("{\"input\":\"", "a", "\"}"));
        yield return ("one text that must not be truncated", Fill("{\"truncate\":false,\"input\":\"", "word ", "\"}"));
        yield return ("spaces", Fill("{\"input\":\"x", " ", "\"}"));
        yield return ("characters outside the vocabulary", Fill("{\"input\":\"", "漢", "\"}"));
        yield return ("escapes", Fill("{\"input\":\"", "\\u0000", "\"}"));
        yield return ("tiny texts", Fill("{\"input\":[\"a\"", ",\"a\"", "]}"));
        yield return ("long texts", Fill("{\"input\":[\"a\"", $",\"{new string('a', 4090)}\"", "]}"));
        yield return ("token IDs", Fill("{\"input\":[5", ",5", "]}"));
        yield return ("arrays of token IDs", Fill("{\"input\":[[5]", $",[5{string.Concat(Enumerable.Repeat(",5", 2045))}]", "]}"));
        yield return ("tiny arrays of token IDs", Fill("{\"input\":[[5]", ",[5]", "]}"));
        yield return ("token IDs of long texts", Fill("{\"input\":[58040", ",58040", "]}"));
        yield return ("unknown fields", Fill("{\"input\":\"x\"", ",\"a\":1", "}"));
        yield return ("invalid JSON at the end", Fill("{\"input\":\"", "word ", "\""));
        yield return ("invalid token ID at the end", Fill("{\"input\":[5", ",5", ",\"\"]}"));
        yield return ("the name of a field", Fill("{\"", "\\n", "\":1}"));
        yield return ("another field", Fill("{\"input\":\"x\",\"user\":\"", "\\n", "\"}"));
        yield return ("the name of a model", Fill("{\"input\":\"x\",\"model\":\"", "m", "\"}"));
        yield return ("deep nesting", Fill("{\"input\":", "[", ""));
    }

    private static IEnumerable<(string Name, byte[] Body)> TokenizeBodies()
    {
        yield return ("one token", Fill("{\"inputs\":\"", "漢", "\"}"));
        yield return ("one token of escapes", Fill("{\"inputs\":\"", "\\u0000", "\"}"));
        yield return ("one text", Fill("{\"inputs\":\"", "word ", "\"}"));
    }

    private static byte[] Fill(string begin, string unit, string end)
    {
        var (first, repeated, last) = (Encoding.UTF8.GetBytes(begin), Encoding.UTF8.GetBytes(unit), Encoding.UTF8.GetBytes(end));
        var count = (BodyBytes - first.Length - last.Length) / repeated.Length;
        return [.. first, .. Enumerable.Repeat(repeated, count).SelectMany(bytes => bytes), .. last];
    }

    private static async Task<HttpStatusCode> PostAsync(ServeProcess server, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        try
        {
            using var response = await server.Client.PostAsync(path, content, Cancellation);
            return response.StatusCode;
        }
        catch (HttpRequestException e) when (e.InnerException is IOException)
        {
            // The server rejected the body before it had arrived completely, and closed the connection.
            return HttpStatusCode.TooManyRequests;
        }
    }
}
