using System.Numerics.Tensors;
using AspireApp.Api;
using Microsoft.Extensions.AI;

var builder = WebApplication.CreateBuilder(args);
builder.AddJinaEmbeddingsClient("embeddings");
var app = builder.Build();
app.MapHealthChecks("/health");

// curl http://localhost:PORT/search -H "Content-Type: application/json" -d '{"query": "rain", "texts": ["a wet day", "a loud engine"]}'
app.MapPost("/search", async (
    SearchRequest request, IEmbeddingGenerator<string, Embedding<float>> generator, CancellationToken cancellationToken) =>
{
    var vectors = await generator.GenerateAsync([request.Query, .. request.Texts], cancellationToken: cancellationToken);
    var query = vectors[0].Vector;
    return request.Texts
        .Select((text, index) => new Hit(text, TensorPrimitives.CosineSimilarity(query.Span, vectors[index + 1].Vector.Span)))
        .OrderByDescending(hit => hit.Similarity);
});

app.Run();
