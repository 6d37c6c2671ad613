using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Represents the small model of the repository, loaded once for all tests that compare with it.</summary>
internal static class DemoModel
{
    public const string Name = "demo-en";

    public const int Dimensions = 256;

    public static JinaEmbeddingModel Model { get; } = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", Name));

    public static JinaEmbeddingGenerator Generator { get; } = new(new JinaEmbeddingOptions { Model = Model });
}
