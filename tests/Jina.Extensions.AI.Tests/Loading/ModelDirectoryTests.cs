using Jina.Extensions.AI.Loading;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Loading;

public sealed class ModelDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelDirectoryTests() => File.Copy(Path.Combine(DemoModel.Folder, "spiece.model"), _folder.File("spiece.model"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{}", 100)]
    [InlineData("{\"extra_ids\": 0}", 0)]
    [InlineData("{\"extra_ids\": 28}", 28)]
    public void The_tokenizer_config_sets_the_number_of_extra_ids(string config, int extraIds)
    {
        File.WriteAllText(_folder.File("tokenizer_config.json"), config);
        var pieces = T5Tokenizer.Create(_folder.File("spiece.model"), new T5TokenizerOptions { ExtraIds = 0 }).VocabularySize;

        Assert.Equal(pieces + extraIds, OpenTokenizer().VocabularySize);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("2.7")]
    [InlineData("1e300")]
    public void An_invalid_number_of_extra_ids_is_rejected(string count)
    {
        File.WriteAllText(_folder.File("tokenizer_config.json"), $$"""{"extra_ids": {{count}}}""");

        var error = Assert.Throws<JinaModelException>(() => OpenTokenizer());

        Assert.Contains("a whole number from 0 to 100000 is expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Jina:")]
    [InlineData("JinaEmbeddingOptions 'large'.")]
    public void A_token_limit_above_the_models_is_rejected_with_its_key_its_value_and_the_limit(string prefix)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => OpenTokenizer(new JinaEmbeddingOptions { MaxTokens = 513, KeyPrefix = prefix }));

        Assert.Equal(
            $"{prefix}MaxTokens is 513; expected at most 512, the token limit of the model in {_folder.Path}. "
            + "Lower the value, or leave it out to use the model's limit.",
            error.Message);
    }

    [Fact]
    public void Only_the_option_raises_the_token_limit_above_2048()
    {
        File.WriteAllText(_folder.File("sentence_bert_config.json"), """{"max_seq_length": 20000}""");

        Assert.Equal(2048, OpenTokenizer(new JinaEmbeddingOptions()).MaxTokens);
        Assert.Equal(2049, OpenTokenizer(new JinaEmbeddingOptions { MaxTokens = 2049 }).MaxTokens);
        Assert.Equal(20_000, OpenTokenizer(new JinaEmbeddingOptions { MaxTokens = 20_000 }).MaxTokens);
        Assert.Contains(
            "MaxTokens is 20001; expected at most 20000",
            Assert.Throws<ArgumentOutOfRangeException>(() => OpenTokenizer(new JinaEmbeddingOptions { MaxTokens = 20_001 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_read_once_for_the_encoder_and_the_tokenizer()
    {
        using var copy = new TemporaryFolder();
        var directory = new ModelDirectory(DemoModelCopy.To(copy));
        Assert.Equal((256, 512), (directory.Dimensions, directory.Pipeline.MaxTokens));

        // A second read of these files would fail.
        File.WriteAllText(copy.File("config.json"), "damaged");
        File.WriteAllText(copy.File("sentence_bert_config.json"), "damaged");

        Assert.Equal(512, directory.OpenTokenizer(new JinaEmbeddingOptions()).MaxTokens);
        Assert.Throws<JinaModelException>(() => new ModelDirectory(copy.Path).OpenTokenizer(new JinaEmbeddingOptions()));
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("spiece.model")]
    public void The_identity_of_a_model_with_an_unreadable_file_is_an_error_that_names_the_file(string name)
    {
        using var copy = new TemporaryFolder();
        DemoModelCopy.To(copy);
        using var held = new FileStream(copy.File(name), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var error = Assert.Throws<JinaModelException>(
            () => new ModelDirectory(copy.Path).GetIdentity(JinaEmbeddingModel.FromDirectory(copy.Path)));

        Assert.Equal(copy.File(name), error.ModelPath);
    }

    private T5Tokenizer OpenTokenizer(JinaEmbeddingOptions? options = null) =>
        new ModelDirectory(_folder.Path).OpenTokenizer(options ?? new JinaEmbeddingOptions());
}
