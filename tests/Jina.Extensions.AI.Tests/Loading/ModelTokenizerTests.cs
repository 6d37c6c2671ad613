using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Loading;

public sealed class ModelTokenizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelTokenizerTests() => File.Copy(Path.Combine(DemoModel.Folder, "spiece.model"), _folder.File("spiece.model"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{}", 8100)]
    [InlineData("{\"extra_ids\": 0}", 8000)]
    [InlineData("{\"extra_ids\": 28}", 8028)]
    public void The_folder_says_how_many_extra_ids_there_are(string config, int vocabulary)
    {
        File.WriteAllText(_folder.File("tokenizer_config.json"), config);

        Assert.Equal(vocabulary, ModelTokenizer.Open(_folder.Path, new JinaEmbeddingOptions()).VocabularySize);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("2.7")]
    [InlineData("1e300")]
    public void A_number_of_extra_ids_that_is_none_is_refused(string count)
    {
        File.WriteAllText(_folder.File("tokenizer_config.json"), $$"""{"extra_ids": {{count}}}""");

        var error = Assert.Throws<JinaModelException>(() => ModelTokenizer.Open(_folder.Path, new JinaEmbeddingOptions()));

        Assert.Contains("a whole number from 0 to 100000 is expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_above_the_models_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelTokenizer.Open(_folder.Path, new JinaEmbeddingOptions { MaxTokens = 513 }));
}
