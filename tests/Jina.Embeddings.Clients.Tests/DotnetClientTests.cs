using System.ClientModel;
using Microsoft.Extensions.AI;
using Microsoft.ML.Tokenizers;
using OpenAI;
using OpenAI.Embeddings;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs the OpenAI client of .NET, alone and with Microsoft.Extensions.AI. Only the base address differs from the cloud.</summary>
public sealed class DotnetClientTests(ServerFixture server, ThousandTexts texts)
    : IClassFixture<ServerFixture>, IClassFixture<ThousandTexts>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_OpenAI_client_gets_the_same_vectors_as_this_process()
    {
        OpenAIEmbeddingCollection result = await Client().GenerateEmbeddingsAsync(texts.All, cancellationToken: Token);

        texts.AssertSame(result.Select(embedding => embedding.ToFloats()));
        Assert.Equal(Enumerable.Range(0, texts.All.Length), result.Select(embedding => embedding.Index));
        Assert.Equal(("demo-en", texts.Tokens), (result.Model, result.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task The_generator_over_the_OpenAI_client_gets_the_same_vectors()
    {
        using var generator = Client().AsIEmbeddingGenerator();

        var result = await generator.GenerateAsync(texts.All, cancellationToken: Token);

        texts.AssertSame(result.Select(embedding => embedding.Vector));
        Assert.Equal(texts.Tokens, result.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Token_IDs_of_the_cloud_get_the_vectors_of_their_texts()
    {
        var tokenizer = TiktokenTokenizer.CreateForEncoding("cl100k_base");
        var ids = texts.Hundred.Select(text => new ReadOnlyMemory<int>([.. tokenizer.EncodeToIds(text)]));

        OpenAIEmbeddingCollection result = await Client().GenerateEmbeddingsAsync(ids, cancellationToken: Token);

        texts.AssertSameHundred(result.Select(embedding => embedding.ToFloats()));
    }

    [Fact]
    public async Task A_rejection_reaches_the_caller_with_its_message()
    {
        var options = new OpenAI.Embeddings.EmbeddingGenerationOptions { Dimensions = 1536 };

        var error = await Assert.ThrowsAsync<ClientResultException>(() => Client().GenerateEmbeddingAsync("rain", options, Token));

        Assert.Equal(400, error.Status);
        Assert.Contains("1536", error.Message, StringComparison.Ordinal);
    }

    private EmbeddingClient Client() =>
        new("text-embedding-3-small", new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = server.BaseAddress });
}
