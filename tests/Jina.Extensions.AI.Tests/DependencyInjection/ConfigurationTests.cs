using Jina.Extensions.AI.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

/// <summary>Options from configuration and from code, and the messages about values that cannot be read.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public void Configuration_sets_every_option_except_the_hooks()
    {
        (string Key, string Value)[] values =
        [
            ("Model", DemoModel.Folder), ("CacheDirectory", "somewhere"), ("Offline", "true"), ("HubEndpoint", "https://mirror.example"),
            ("HubToken", "secret"), ("Normalize", "false"), ("Truncation", "throw"), ("MaxTokens", "128"), ("SpecialTokensAsText", "true"),
            ("PreferOnnxExport", "false"), ("Precision", "int8"), ("MaxThreads", "3"), ("MaxBatchTokens", "1024"),
            ("ReleaseMemoryWhenIdle", "true"),
        ];

        var options = Read(Settings.Section(values));

        Assert.Equal((DemoModel.Model, Path.GetFullPath("somewhere"), true), (options.Model, options.CacheDirectory, options.Offline));
        Assert.Equal(("https://mirror.example", "secret", false), (options.HubEndpoint, options.HubToken, options.Normalize));
        Assert.Equal((TruncationPolicy.Throw, 128, true), (options.Truncation, options.MaxTokens, options.SpecialTokensAsText));
        Assert.Equal((false, Precision.Int8, 3), (options.PreferOnnxExport, options.Precision, options.MaxThreads));
        Assert.Equal((1024, true), (options.MaxBatchTokens, options.ReleaseMemoryWhenIdle));
        var properties = typeof(JinaEmbeddingOptions).GetProperties().Select(property => property.Name);
        Assert.Equal(
            ["DownloadProgress", "WeightQuantizationProgress", "ConfigureSession"],
            properties.Except(OptionKeys.All.Select(key => key.Name)));
    }

    [Theory]
    [InlineData("Normalize", "yes", "Jina:Normalize is 'yes'; expected true or false.")]
    [InlineData("MaxTokens", "many", "Jina:MaxTokens is 'many'; expected a whole number.")]
    [InlineData("MaxTokens", "0", "Jina:MaxTokens is 0; expected at least 1 token, or nothing for the model's own limit.")]
    [InlineData("MaxTokens", "513", "Jina:MaxTokens is 513; expected at most 512, the limit of jina-embedding-s-en-v1.")]
    [InlineData("Truncation", "cut", "Jina:Truncation is 'cut'; expected Truncate or Throw.")]
    [InlineData("Truncation", "7", "Jina:Truncation is '7'; expected Truncate or Throw.")]
    [InlineData("MaxThreads", "4.5", "Jina:MaxThreads is '4.5'; expected a whole number.")]
    [InlineData("MaxThreads", "99999999999", "Jina:MaxThreads is '99999999999'; expected a whole number.")]
    [InlineData("MaxThreads", "-2", "Jina:MaxThreads is -2; expected at least 1 thread, or nothing for one per processor.")]
    [InlineData("MaxBatchTokens", "256 tokens", "Jina:MaxBatchTokens is '256 tokens'; expected a whole number.")]
    [InlineData("Precision", "fp16", "Jina:Precision is 'fp16'; expected Fp32 or Int8.")]
    [InlineData("Precision", "1", "Jina:Precision is '1'; expected Fp32 or Int8.")]
    [InlineData("Precision", "Fp32, Int8", "Jina:Precision is 'Fp32, Int8'; expected Fp32 or Int8.")]
    [InlineData("HubEndpoint", "mirror", "Jina:HubEndpoint is 'mirror'; expected a URL such as https://huggingface.co.")]
    [InlineData(
        "Model",
        "jina-embedding-x-en-v1",
        "Jina:Model is 'jina-embedding-x-en-v1'; expected a catalog name (jina-embedding-s-en-v1, -b-, -l-), an existing model directory, "
        + "or org/name on the hub. The directory {cwd}/jina-embedding-x-en-v1 does not exist.")]
    [InlineData(
        "Revision",
        "a b",
        "Jina:Revision is 'a b'; expected a commit, branch or tag of a model on the hub, and no revision in the name of the model "
        + "(org/name@revision).")]
    [InlineData("MaxToken", "9", "Jina:MaxToken is not an option; did you mean MaxTokens?")]
    [InlineData("normalise", "true", "Jina:normalise is not an option; did you mean Normalize?")]
    public void A_bad_value_is_named_with_its_key(string key, string value, string message) =>
        Assert.Equal(
            [message.Replace("{cwd}/", Environment.CurrentDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal)],
            Assert.Throws<OptionsValidationException>(() => Read(Settings.Section((key, value)))).Failures);

    [Fact]
    public void A_revision_belongs_to_the_model_in_the_same_section()
    {
        Assert.Equal(JinaEmbeddingModel.FromHub("acme/x", "v1"), Read(Settings.Section(("Model", "acme/x"), ("Revision", "v1"))).Model);
        Assert.Equal(JinaEmbeddingModel.FromHub("acme/x", "v1"), Read(Settings.Section(("Model", "acme/x@v1"))).Model);
        Assert.Equal(JinaEmbeddingModel.FromHub("jinaai/jina-embedding-s-en-v1", "v1"), Read(Settings.Section(("Revision", "v1"))).Model);
        foreach (var model in (string[])["acme/x@v2", DemoModel.Folder])
        {
            var error = Assert.Throws<OptionsValidationException>(() => Read(Settings.Section(("Model", model), ("Revision", "v1"))));
            Assert.StartsWith("Jina:Revision is 'v1'; expected a commit", Assert.Single(error.Failures), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Other_sections_and_keys_unlike_any_option_are_ignored()
    {
        var section = Settings.Section(("MaxTokens", "7"), ("Models:0", "x"), ("Server:MaxInputs", "1"), ("Comment", "hello"));

        Assert.Equal(7, Read(section).MaxTokens);
    }

    [Fact]
    public void Code_and_configuration_of_one_registration_are_combined()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings(Settings.Section(("MaxThreads", "3")));
        services.Configure<JinaEmbeddingOptions>(options => options.MaxTokens = 9);
        services.AddKeyedJinaEmbeddings("other", options => options.MaxTokens = 5);
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<JinaEmbeddingOptions>>().Value;

        Assert.Equal((3, 9), (options.MaxThreads, options.MaxTokens));
    }

    private static JinaEmbeddingOptions Read(IConfiguration section)
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddings(section);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<JinaEmbeddingOptions>>().Value;
    }
}
