using System.ClientModel;
using OpenAI;
using OpenAI.Embeddings;

namespace Jina.Embeddings.Clients.Tests;

#pragma warning disable xUnit1051 // The code is shown to readers, who have no test to cancel.
/// <summary>The client of docs/swap.md.</summary>
public sealed class ClientSnippets(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_OpenAI_client_needs_a_base_address_only()
    {
        var baseAddress = server.BaseAddress;      // new Uri("http://127.0.0.1:8080/v1")
        var client = new EmbeddingClient("any-name", new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = baseAddress });
        OpenAIEmbedding embedding = await client.GenerateEmbeddingAsync("how is the weather today");

        Assert.Equal(256, embedding.ToFloats().Length);
    }
}
