using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Represents a thousand texts and their vectors, computed in this process.</summary>
public sealed class ThousandTexts : IAsyncLifetime
{
    /// <summary>Gets the texts: the lines of the sample's handbook, numbered if repeated, and a text that is too long.</summary>
    public string[] All { get; } = [.. Lines().Take(999), string.Join(' ', Lines().Take(100))];

    /// <summary>Gets the vectors of the texts.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> Vectors { get; private set; } = [];

    /// <summary>Gets the number of tokens after truncation.</summary>
    public long Tokens { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var model = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en"));
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(model);
        var embeddings = await generator.GenerateAsync(All);
        Vectors = [.. embeddings.Select(embedding => embedding.Vector)];
        Tokens = embeddings.Usage!.InputTokenCount!.Value;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Asserts that a client's vectors of all texts equal those of this process.</summary>
    public void AssertSame(IEnumerable<ReadOnlyMemory<float>> vectors)
    {
        ReadOnlyMemory<float>[] given = [.. vectors];
        Assert.Equal(Vectors.Count, given.Length);
        for (var i = 0; i < given.Length; i++)
        {
            Assert.Equal(Vectors[i].Length, given[i].Length);
            for (var component = 0; component < given[i].Length; component++)
            {
                Assert.Equal(Vectors[i].Span[component], given[i].Span[component], tolerance: 1e-6f);
            }
        }
    }

    private static IEnumerable<string> Lines()
    {
        var files = Directory.EnumerateFiles(RepositoryFiles.Path("samples", "RagConsole", "corpus"), "*.md").Order(StringComparer.Ordinal);
        string[] lines = [.. files.SelectMany(File.ReadLines).Where(line => line.Length > 0)];
        return Enumerable.Range(0, int.MaxValue).SelectMany(round => lines.Select(line => round == 0 ? line : $"{round} {line}"));
    }
}
