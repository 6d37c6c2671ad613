using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Architecture.Tests.Documentation;

/// <summary>Provides the small model in this repository.</summary>
internal static class DemoModel
{
    public static JinaEmbeddingModel Model { get; } = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en"));
}
