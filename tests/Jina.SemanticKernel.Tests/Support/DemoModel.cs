using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.SemanticKernel.Tests.Support;

/// <summary>Provides the small model of the repository, loaded once for all tests.</summary>
internal static class DemoModel
{
    public const int Dimensions = 256;

    public static JinaEmbeddingModel Model { get; } = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en"));

    public static JinaEmbeddingGenerator Generator { get; } = new(new JinaEmbeddingOptions { Model = Model });

    public static T5Tokenizer Tokenizer { get; } = T5Tokenizer.Create(RepositoryFiles.Path("models", "demo-en", "spiece.model"));

    public static Task<ReadOnlyMemory<float>> EmbedAsync(string text) =>
        Generator.GenerateVectorAsync(text, cancellationToken: TestContext.Current.CancellationToken);
}
