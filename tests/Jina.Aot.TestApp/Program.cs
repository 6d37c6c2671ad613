// Embeds texts in an ahead-of-time compiled process and compares their vectors with those of a just-in-time compiled one.
//   Jina.Aot.TestApp MODEL TEXTS VECTORS.JSONL
// TEXTS has a text per line, VECTORS.JSONL what `jina-embeddings embed` printed for them. Exit code 0 if they are alike, and if the
// server package answers token IDs like their text.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

if (args is not [var model, var texts, var vectors])
{
    Console.Error.WriteLine("usage: Jina.Aot.TestApp MODEL TEXTS VECTORS.JSONL");
    return 2;
}

var services = new ServiceCollection();
services.AddJinaEmbeddings(JinaEmbeddingModel.Parse(model));
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

// The vocabularies of token IDs are resources of assemblies that the code refers to by name only.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddJinaEmbeddings(JinaEmbeddingModel.Parse(model));
await using var app = builder.Build();
app.MapJinaEmbeddings();
await app.StartAsync();
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
var text = await PostAsync("\"hello world\"", "model");
var decoded = text == await PostAsync("[15339, 1917]", "cl100k_base") && text == await PostAsync("[24912, 2375]", "o200k_base");
Console.WriteLine(decoded ? "Token IDs are decoded." : "Token IDs are not decoded.");
return worst < 1e-6f && decoded ? 0 : 1;

async Task<string> PostAsync(string input, string encoding)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/embeddings");
    request.Content = new StringContent($"{{\"input\": {input}}}", Encoding.UTF8, "application/json");
    request.Headers.Add("X-Token-Encoding", encoding);
    using var response = await client.SendAsync(request);
    response.EnsureSuccessStatusCode();
    return await response.Content.ReadAsStringAsync();
}
