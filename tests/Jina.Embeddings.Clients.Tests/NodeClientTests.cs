using System.Net;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs frameworks of npm and their clients, with the options that docs/swap.md names and all others as they are.</summary>
public sealed class NodeClientTests(ServerFixture server, ThousandTexts texts) : IClassFixture<ServerFixture>, IClassFixture<ThousandTexts>
{
    [Theory]
    [InlineData("ai", "@ai-sdk/openai-compatible")]
    [InlineData("chromadb-ollama", "@chroma-core/ollama")]
    [InlineData("chromadb-openai", "@chroma-core/openai")]
    [InlineData("langchain-ollama", "@langchain/ollama")]
    [InlineData("langchain-openai", "@langchain/openai")]
    [InlineData("llamaindex-openai", "@llamaindex/openai")]
    [InlineData("ollama", "ollama")]
    [InlineData("ollama-prompts", "ollama")]
    public async Task A_client_gets_the_same_vectors_as_this_process(string script, string package)
    {
        using var result = await NodeScript.RunAsync(script, package, server.Address, texts.Hundred);

        texts.AssertSameHundred(NodeScript.Vectors(result));
    }

    [Theory]
    [InlineData("langchain-ollama", "@langchain/ollama")]
    public async Task A_client_that_forbids_truncation_gets_a_rejection_for_a_long_text(string script, string package)
    {
        using var result = await NodeScript.RunAsync(script, package, server.Address, [texts.All[^1]]);

        Assert.Equal((int)HttpStatusCode.BadRequest, result.RootElement.GetProperty("status").GetInt32());
        Assert.NotEqual("", result.RootElement.GetProperty("error").GetString());
    }
}
