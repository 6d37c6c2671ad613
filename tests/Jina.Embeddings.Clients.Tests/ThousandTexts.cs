using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>A thousand texts, and what this process makes of them.</summary>
public sealed class ThousandTexts : IAsyncLifetime
{
    /// <summary>Gets the texts: the lines of the sample's handbook, numbered where they come again, and a text that is too long.</summary>
    public string[] All { get; } = [.. Lines().Take(999), string.Join(' ', Lines().Take(100))];

    /// <summary>Gets their vectors.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> Vectors { get; private set; } = [];

    /// <summary>Gets their tokens, as the model saw them.</summary>
    public long Tokens { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en")));
        var embeddings = await generator.GenerateAsync(All);
        Vectors = [.. embeddings.Select(embedding => embedding.Vector)];
        Tokens = embeddings.Usage!.InputTokenCount!.Value;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Asserts that somebody else's vectors of all texts are these.</summary>
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
        string[] lines = [.. Directory.EnumerateFiles(RepositoryFiles.Path("samples", "RagConsole", "corpus"), "*.md").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(line => line.Length > 0)];
        return Enumerable.Range(0, int.MaxValue).SelectMany(round => lines.Select(line => round == 0 ? line : $"{round} {line}"));
    }
}
