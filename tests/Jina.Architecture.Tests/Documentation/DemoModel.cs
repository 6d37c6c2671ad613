using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Architecture.Tests.Documentation;

/// <summary>The small model that the repository carries.</summary>
internal static class DemoModel
{
    public static JinaEmbeddingModel Model { get; } = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en"));
}
