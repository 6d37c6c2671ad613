using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs clients in other languages. Only the base address differs from the cloud.</summary>
public sealed class OtherClientTests(ServerFixture server, ThousandTexts texts) : IClassFixture<ServerFixture>, IClassFixture<ThousandTexts>
{
    [Theory]
    [InlineData("float")]
    [InlineData("base64")]
    [InlineData("")]
    public async Task The_openai_client_of_npm_gets_the_same_vectors_as_this_process(string encoding)
    {
        string[] options = encoding.Length > 0 ? [encoding] : [];

        using var result = await NodeScript.RunAsync("openai", "openai", server.BaseAddress.ToString(), texts.All, options);

        texts.AssertSame(NodeScript.Vectors(result));
        Assert.Equal(ServerFixture.Model, result.RootElement.GetProperty("model").GetString());
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
        var data = result.RootElement.GetProperty("data").EnumerateArray();
        texts.AssertSame(data.Select(item => JsonVector.Read(item.GetProperty("embedding"))));
    }
}
