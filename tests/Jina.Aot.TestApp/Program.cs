// Embeds texts in an ahead-of-time compiled process and compares their vectors with those of a just-in-time compiled one.
//   Jina.Aot.TestApp MODEL TEXTS VECTORS.JSONL
// TEXTS has a text per line, VECTORS.JSONL what `jina-embeddings embed` printed for them. Exit code 0 if they are alike.
using System.Globalization;
using System.Text.Json;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

if (args is not [var model, var texts, var vectors])
{
    Console.Error.WriteLine("usage: Jina.Aot.TestApp MODEL TEXTS VECTORS.JSONL");
    return 2;
}

var services = new ServiceCollection();
services.AddJinaEmbeddings(JinaEmbeddingModel.FromDirectory(model));
await using var provider = services.BuildServiceProvider();
var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
var embeddings = await generator.GenerateAsync(await File.ReadAllLinesAsync(texts));
var lines = await File.ReadAllLinesAsync(vectors);
var worst = embeddings.Count == lines.Length && lines.Length > 0 ? 0f : float.PositiveInfinity;
foreach (var (embedding, line) in embeddings.Zip(lines))
{
    using var expected = JsonDocument.Parse(line);
    var numbers = expected.RootElement.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle());
    worst = Math.Max(worst, numbers.Zip(embedding.Vector.ToArray(), (one, other) => Math.Abs(one - other)).Max());
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{embeddings.Count} texts, largest difference {worst}"));
return worst < 1e-6f ? 0 : 1;
