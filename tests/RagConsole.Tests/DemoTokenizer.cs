using Jina.Extensions.AI;
using Jina.Testing;

namespace RagConsole.Tests;

/// <summary>The tokenizer of the model that the repository carries.</summary>
internal static class DemoTokenizer
{
    public static T5Tokenizer Instance { get; } = T5Tokenizer.Create(RepositoryFiles.Path("models", "demo-en", "spiece.model"));
}
