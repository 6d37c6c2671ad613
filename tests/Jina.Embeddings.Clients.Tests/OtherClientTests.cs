using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs clients in other languages. Only the base address differs from the cloud.</summary>
public sealed class OtherClientTests(ServerFixture server, ThousandTexts texts) : IClassFixture<ServerFixture>, IClassFixture<ThousandTexts>
{
    private static readonly string Node = RepositoryFiles.Path("tests", "Jina.Embeddings.Clients.Tests", "node");

    [Theory]
    [InlineData("float")]
    [InlineData("base64")]
    [InlineData("")]
    public async Task The_openai_client_of_npm_gets_the_same_vectors_as_this_process(string encoding)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Node, "node_modules", "openai")),
            "The npm package openai is not installed. Run npm install in the folder node of these tests.");
        using var folder = new TemporaryFolder();
        await WriteTextsAsync(folder.File("texts.json"), texts.All);

        string[] arguments = [Path.Combine(Node, "embed.mjs"), server.BaseAddress.ToString(), folder.File("texts.json")];
        var output = await CommandRun.OutputAsync("node", encoding.Length > 0 ? [.. arguments, encoding] : arguments);

        using var result = JsonDocument.Parse(output);
        texts.AssertSame(result.RootElement.GetProperty("vectors").EnumerateArray().Select(Vector));
        Assert.Equal("demo-en", result.RootElement.GetProperty("model").GetString());
        Assert.Equal(texts.Tokens, result.RootElement.GetProperty("tokens").GetInt64());
    }

    [Fact]
    public async Task Curl_gets_the_same_vectors_as_this_process()
    {
        using var folder = new TemporaryFolder();
        var request = JsonSerializer.Serialize(new { model = "text-embedding-3-small", input = texts.All });
        await File.WriteAllTextAsync(folder.File("request.json"), request, TestContext.Current.CancellationToken);

        var output = await CommandRun.OutputAsync(
            "curl",
            "--silent",
            "--show-error",
            "--fail",
            $"{server.BaseAddress}/embeddings",
            "--header",
            "Content-Type: application/json",
            "--data-binary",
            $"@{folder.File("request.json")}");

        using var result = JsonDocument.Parse(output);
        texts.AssertSame(result.RootElement.GetProperty("data").EnumerateArray().Select(item => Vector(item.GetProperty("embedding"))));
    }

    private static Task WriteTextsAsync(string path, string[] values) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(values), TestContext.Current.CancellationToken);

    private static ReadOnlyMemory<float> Vector(JsonElement numbers) =>
        numbers.EnumerateArray().Select(number => number.GetSingle()).ToArray();
}
