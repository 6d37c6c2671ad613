using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Agents.Tests.Support;

/// <summary>Provides the small model of the repository, loaded once for all tests.</summary>
internal static class DemoModel
{
    public static JinaEmbeddingModel Model { get; } = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en"));

    public static JinaEmbeddingGenerator Generator { get; } = new(new JinaEmbeddingOptions { Model = Model });
}
