using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

/// <summary>Options from configuration and code, and what is said of wrong ones.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public void Configuration_sets_every_option_but_the_hooks()
    {
        (string Key, string Value)[] values =
        [
            ("Model", DemoModel.Folder), ("CacheDirectory", "somewhere"), ("Offline", "true"), ("HubEndpoint", "https://mirror.example"), ("HubToken", "secret"),
            ("Normalize", "false"), ("Truncation", "throw"), ("MaxTokens", "128"), ("SpecialTokensAsText", "true"), ("PreferOnnxExport", "false"),
            ("Precision", "int8"), ("MaxThreads", "3"), ("MaxBatchTokens", "1024"), ("ReleaseMemoryWhenIdle", "true"),
        ];

        var options = Read(Settings.Section(values));

        Assert.Equal(
            (DemoModel.Model, "somewhere", true, "https://mirror.example", "secret", false, TruncationPolicy.Throw),
            (options.Model, options.CacheDirectory, options.Offline, options.HubEndpoint, options.HubToken, options.Normalize, options.Truncation));
        Assert.Equal(
            (128, true, false, Precision.Int8, 3, 1024, true),
            (options.MaxTokens, options.SpecialTokensAsText, options.PreferOnnxExport, options.Precision, options.MaxThreads, options.MaxBatchTokens, options.ReleaseMemoryWhenIdle));
        var hooks = typeof(JinaEmbeddingOptions).GetProperties().Select(property => property.Name).Except(OptionKeys.All.Select(key => key.Name));
        Assert.Equal(["DownloadProgress", "QuantizationProgress", "ConfigureSession"], hooks);
    }

    [Theory]
    [InlineData("Normalize", "yes", "Jina:Normalize is 'yes'; expected true or false.")]
    [InlineData("MaxTokens", "many", "Jina:MaxTokens is 'many'; expected a whole number.")]
    [InlineData("MaxTokens", "0", "Jina:MaxTokens is 0; expected at least 1 token, or nothing for the model's own limit.")]
    [InlineData("MaxTokens", "513", "Jina:MaxTokens is 513; expected at most 512, as jina-embedding-s-en-v1 reads no more.")]
    [InlineData("Truncation", "cut", "Jina:Truncation is 'cut'; expected Truncate or Throw.")]
    [InlineData("Truncation", "7", "Jina:Truncation is 7; expected Truncate or Throw.")]
    [InlineData("MaxThreads", "4.5", "Jina:MaxThreads is '4.5'; expected a whole number.")]
    [InlineData("MaxThreads", "99999999999", "Jina:MaxThreads is '99999999999'; expected a whole number.")]
    [InlineData("MaxThreads", "-2", "Jina:MaxThreads is -2; expected at least 1 thread, or nothing for one per processor.")]
    [InlineData("MaxBatchTokens", "256 tokens", "Jina:MaxBatchTokens is '256 tokens'; expected a whole number.")]
    [InlineData("Precision", "fp16", "Jina:Precision is 'fp16'; expected Fp32 or Int8.")]
    [InlineData("HubEndpoint", "mirror", "Jina:HubEndpoint is 'mirror'; expected an address such as https://huggingface.co.")]
    [InlineData("Model", "jina-embedding-x-en-v1", "Jina:Model is 'jina-embedding-x-en-v1'; expected a catalogue name (jina-embedding-s-en-v1, -b-, -l-), an existing folder, or org/name on the hub.")]
    [InlineData("MaxToken", "9", "Jina:MaxToken is no option; did you mean MaxTokens?")]
    [InlineData("normalise", "true", "Jina:normalise is no option; did you mean Normalize?")]
    public void A_bad_value_is_named_with_its_key(string key, string value, string message) =>
        Assert.Equal([message], Assert.Throws<OptionsValidationException>(() => Read(Settings.Section((key, value)))).Failures);

    [Fact]
    public void Another_section_beside_the_options_and_keys_unlike_any_option_are_left_alone() =>
        Assert.Equal(7, Read(Settings.Section(("MaxTokens", "7"), ("Models:0", "x"), ("Server:MaxInputs", "1"), ("Comment", "hello"))).MaxTokens);

    [Fact]
    public async Task A_host_refuses_to_start_and_tells_all_that_is_wrong_with_all_models()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddJinaEmbeddings(Settings.Section(("Offline", "maybe"), ("MaxThreads", "0"), ("Precision", "int8"), ("PreferOnnxExport", "true")));
        builder.Services.AddKeyedJinaEmbeddings("large", options => options.MaxBatchTokens = 0);
        using var host = builder.Build();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));

        var failures = (error as AggregateException)?.InnerExceptions.Cast<OptionsValidationException>() ?? [Assert.IsType<OptionsValidationException>(error)];
        Assert.Equal(
            [
                "Jina:MaxThreads is 0; expected at least 1 thread, or nothing for one per processor.",
                "Jina:Offline is 'maybe'; expected true or false.",
                "Jina:PreferOnnxExport is true, but Precision is Int8; expected only one of them, as an export runs in its own arithmetic.",
                "JinaEmbeddingOptions 'large'.MaxBatchTokens is 0; expected at least 1 token, or nothing for the default.",
            ],
            failures.SelectMany(failure => failure.Failures).Order());
    }

    [Fact]
    public void Code_and_configuration_of_one_registration_add_up()
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
