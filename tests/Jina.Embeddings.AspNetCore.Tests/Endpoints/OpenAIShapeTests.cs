using System.Net;
using System.Numerics.Tensors;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

public sealed class OpenAIShapeTests
{
    private static readonly string[] Texts = ["A dog runs in the park.", "Stock prices fell sharply on Monday.", ""];

    [Fact]
    public async Task Texts_come_back_as_the_generators_own_vectors_in_their_order()
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.PostAsync("""{"model": "text-embedding-3-small", "input": ["A dog runs in the park.", "Stock prices fell sharply on Monday.", ""]}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var expected = await DemoModel.Generator.GenerateAsync(Texts, cancellationToken: TestContext.Current.CancellationToken);
        var vectors = answer.Floats();
        Assert.Equal(Texts.Length, vectors.Length);
        Assert.All(vectors.Zip(expected), pair => Assert.InRange(TensorPrimitives.Distance(pair.First, pair.Second.Vector.Span), 0, 1e-6f));
    }
}
