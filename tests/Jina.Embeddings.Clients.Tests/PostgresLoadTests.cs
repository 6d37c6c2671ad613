using System.Numerics.Tensors;
using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Loads the output of <c>embed</c> into Postgres (in WebAssembly) with the scripts of tools/scale/postgres.</summary>
public sealed class PostgresLoadTests
{
    private static readonly string[] Texts =
    [
        "How do I empty the rain gauge?",
        "Empty the funnel of the rain gauge every morning.",
        "Tabs\tand line\nbreaks, \"quotes\", 'apostrophes', \\backslashes\\ and \\N",
        "\u0001 and \u0002 separate nothing.",
        "\\.",
        "雨量計 🌧️ \ud7ff\ue000",
        "The battery lasts for two winters.",
        "Replace the battery of the station after two winters.",
    ];

    [Fact]
    public async Task Postgres_has_each_text_with_its_vector_and_finds_the_nearest()
    {
        NodeScript.SkipWithout("@electric-sql/pglite-pgvector");
        using var folder = new TemporaryFolder();
        var lines = Texts.Select((text, number) => JsonSerializer.Serialize(new { id = Id(number), text }));
        await File.WriteAllLinesAsync(folder.File("texts.jsonl"), lines, TestContext.Current.CancellationToken);
        await CommandRun.OutputAsync(
            "dotnet",
            BuildOutput.Of("jina-embeddings.dll", "src", "Jina.Embeddings.Tool"),
            "embed",
            "--model", RepositoryFiles.Path("models", "demo-en"),
            "--input", folder.File("texts.jsonl"),
            "--jsonl",
            "--id-field", "id",
            "--output", folder.File("vectors.jsonl"));

        using var loaded = await NodeScript.OutputAsync("postgres", folder.Path, "256", Script("load.sql"), Script("index.sql"));

        var rows = loaded.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("id").GetString()!);
        Assert.Equal(Enumerable.Range(0, Texts.Length).Select(Id).Order(), rows.Keys.Order());
        var vectors = File.ReadLines(folder.File("vectors.jsonl")).Select(Embedding).ToList();
        for (var number = 0; number < Texts.Length; number++)
        {
            var row = rows[Id(number)];
            Assert.Equal(Texts[number], row.GetProperty("text").GetString());
            Assert.Equal(vectors[number], JsonVector.Read(row.GetProperty("embedding")).ToArray());
            Assert.Equal(Nearest(vectors, number), row.GetProperty("nearest").EnumerateArray().Select(id => id.GetString()));
        }

        Assert.Contains("passages_embedding_index", loaded.RootElement.GetProperty("plan").GetString(), StringComparison.Ordinal);
    }

    private static string Id(int number) => $"text-{number}";

    private static string Script(string name) => RepositoryFiles.Path("tools", "scale", "postgres", name);

    private static float[] Embedding(string line)
    {
        using var record = JsonDocument.Parse(line);
        return JsonVector.Read(record.RootElement.GetProperty("embedding")).ToArray();
    }

    private static IEnumerable<string> Nearest(List<float[]> vectors, int number) =>
        Enumerable.Range(0, vectors.Count)
            .OrderByDescending(other => TensorPrimitives.CosineSimilarity<float>(vectors[number], vectors[other]))
            .Take(3)
            .Select(Id);
}
