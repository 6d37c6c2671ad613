using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Represents a thousand texts and their vectors, computed in this process.</summary>
public sealed class ThousandTexts : IAsyncLifetime
{
    /// <summary>Gets the texts: the lines of the sample's handbook, numbered if repeated, and a text that is too long.</summary>
    public string[] All { get; } = [.. Lines().Take(999), string.Join(' ', Lines().Take(100))];

    /// <summary>Gets the first hundred texts. All of them are within the token limit.</summary>
    public string[] Hundred => All[..100];

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
    public void AssertSame(IEnumerable<ReadOnlyMemory<float>> vectors) => VectorAssert.Same(Vectors, vectors);

    /// <summary>Asserts that a client's vectors of the first hundred texts equal those of this process.</summary>
    public void AssertSameHundred(IEnumerable<ReadOnlyMemory<float>> vectors) =>
        VectorAssert.Same([.. Vectors.Take(Hundred.Length)], vectors);

    private static IEnumerable<string> Lines()
    {
        var files = Directory.EnumerateFiles(RepositoryFiles.Path("samples", "RagConsole", "corpus"), "*.md").Order(StringComparer.Ordinal);
        string[] lines = [.. files.SelectMany(File.ReadLines).Where(line => line.Length > 0)];
        return Enumerable.Range(0, int.MaxValue).SelectMany(round => lines.Select(line => round == 0 ? line : $"{round} {line}"));
    }
}
