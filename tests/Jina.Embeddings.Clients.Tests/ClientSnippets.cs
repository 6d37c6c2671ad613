using System.ClientModel;
using OpenAI;
using OpenAI.Embeddings;

namespace Jina.Embeddings.Clients.Tests;

#pragma warning disable xUnit1051 // The page leaves out the token, for brevity.
/// <summary>Runs the client code of docs/swap.md.</summary>
public sealed class ClientSnippets(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_OpenAI_client_only_needs_a_base_address()
    {
        var baseAddress = server.BaseAddress;      // new Uri("http://127.0.0.1:8080/v1")
        var client = new EmbeddingClient("any-name", new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = baseAddress });
        OpenAIEmbedding embedding = await client.GenerateEmbeddingAsync("how is the weather today");

        Assert.Equal(256, embedding.ToFloats().Length);
    }
}
