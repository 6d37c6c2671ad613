using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.Clients.Tests;

#pragma warning disable SKEXP0010 // The connector's generator is experimental.
/// <summary>Runs the OpenAI connector of Semantic Kernel. Only the base address differs from the cloud.</summary>
public sealed class SemanticKernelTests(ServerFixture server, ThousandTexts texts)
    : IClassFixture<ServerFixture>, IClassFixture<ThousandTexts>
{
    [Fact]
    public async Task The_connector_gets_the_same_vectors_as_this_process()
    {
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var services = new ServiceCollection();
        services.AddOpenAIEmbeddingGenerator("text-embedding-3-small", apiKey: "unused", httpClient: http);
        await using var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        var result = await generator.GenerateAsync(texts.Hundred, cancellationToken: TestContext.Current.CancellationToken);

        texts.AssertSameHundred(result.Select(embedding => embedding.Vector));
    }
}
#pragma warning restore SKEXP0010
