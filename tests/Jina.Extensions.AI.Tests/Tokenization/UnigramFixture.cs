using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Tokenization;

/// <summary>Provides a small model with T5's settings, which tools/tokenizer-oracle/train_fixture.py trained.</summary>
internal static class UnigramFixture
{
    public static string ModelPath { get; } = Path("unigram.model");

    public static T5Tokenizer Tokenizer { get; } = T5Tokenizer.Create(ModelPath);

    public static T5Tokenizer PlainTokenizer { get; } =
        T5Tokenizer.Create(ModelPath, new T5TokenizerOptions { SpecialTokensAsText = true });

    public static string Path(string file) =>
        RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Tokenization", "Fixtures", file);
}
