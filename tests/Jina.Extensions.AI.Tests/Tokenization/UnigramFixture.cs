using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Tokenization;

/// <summary>
/// Provides a small model with T5's settings, which tools/tokenizer-oracle/train_fixture.py trained, and the model of the demo
/// model, which folds case.
/// </summary>
internal static class UnigramFixture
{
    public static string ModelPath { get; } = Path("unigram.model");

    public static T5Tokenizer Tokenizer { get; } = T5Tokenizer.Create(ModelPath);

    public static T5Tokenizer PlainTokenizer { get; } =
        T5Tokenizer.Create(ModelPath, new T5TokenizerOptions { SpecialTokensAsText = true });

    public static T5Tokenizer FoldingTokenizer { get; } = T5Tokenizer.Create(FoldingModelPath);

    public static T5Tokenizer PlainFoldingTokenizer { get; } =
        T5Tokenizer.Create(FoldingModelPath, new T5TokenizerOptions { SpecialTokensAsText = true });

    private static string FoldingModelPath => RepositoryFiles.Path("models", "demo-en", "spiece.model");

    public static string Path(string file) =>
        RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Tokenization", "Fixtures", file);
}
