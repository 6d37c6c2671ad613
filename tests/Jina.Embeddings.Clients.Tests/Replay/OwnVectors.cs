using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests.Replay;

/// <summary>Embeds texts in this process.</summary>
public sealed class OwnVectors : IAsyncLifetime
{
    private JinaEmbeddingGenerator? _generator;

    public async ValueTask InitializeAsync() => _generator =
        await JinaEmbeddingGenerator.CreateAsync(JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", ServerFixture.Model)));

    public async ValueTask DisposeAsync()
    {
        if (_generator is not null)
        {
            await _generator.DisposeAsync();
        }
    }

    /// <summary>Returns the vectors of texts.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IEnumerable<string> texts)
    {
        var embeddings = await _generator!.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);
        return [.. embeddings.Select(embedding => embedding.Vector)];
    }
}
