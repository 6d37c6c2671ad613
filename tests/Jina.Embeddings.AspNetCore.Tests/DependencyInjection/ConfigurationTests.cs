using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jina.Embeddings.AspNetCore.Tests.DependencyInjection;

/// <summary>Reads the endpoint's options from configuration and code, and reports invalid ones.</summary>
public sealed class ConfigurationTests
{
    private const string BadCharacter = "has a character that a header cannot contain; expected printable ASCII without spaces.";

    [Fact]
    public void The_defaults_match_the_cloud_interfaces()
    {
        var options = new JinaEmbeddingEndpointOptions();

        Assert.Equal((2048, 300_000, 8_388_608), (options.MaxInputs, options.MaxTokens, options.MaxBodyBytes));
        Assert.Equal(Math.Min(268_435_456, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4), options.MaxMemoryBytes);
        Assert.Equal((1024, 16_384, false), (options.MaxConcurrentRequests, options.MaxQueuedInputs, options.StrictModel));
        Assert.Equal((false, TokenIdEncoding.Cl100kBase), (options.StrictFields, options.TokenIdEncoding));
        Assert.Empty(options.ApiKeys);
    }

    [Fact]
    public void Configuration_sets_every_option()
    {
        var options = Read(
            ("MaxInputs", "1"), ("MaxTokens", "2"), ("MaxBodyBytes", "3"), ("maxconcurrentrequests", "4"), ("MaxQueuedInputs", "5"),
            ("MaxMemoryBytes", "9000000000"), ("StrictModel", "true"), ("strictfields", "true"), ("TokenIdEncoding", "model"),
            ("ApiKeys:0", "first-key"), ("ApiKeys:1", "second-key"));

        Assert.Equal((1, 2, 3), (options.MaxInputs, options.MaxTokens, options.MaxBodyBytes));
        Assert.Equal((4, 5, true), (options.MaxConcurrentRequests, options.MaxQueuedInputs, options.StrictModel));
        Assert.Equal(["first-key", "second-key"], options.ApiKeys);
        Assert.Equal(9_000_000_000, options.MaxMemoryBytes);
        Assert.Equal((true, TokenIdEncoding.Model), (options.StrictFields, options.TokenIdEncoding));
        Assert.Equal(10, typeof(JinaEmbeddingEndpointOptions).GetProperties().Length);
    }

    [Fact]
    public void The_default_memory_limit_admits_the_largest_body()
    {
        var options = Read(("MaxBodyBytes", "1000000000"));

        Assert.InRange(options.MaxMemoryBytes, 4_000_000_000, 4_001_000_000);
    }

    [Fact]
    public void A_single_key_is_a_list_of_one() => Assert.Equal(["only-key-1"], Read(("ApiKeys", "only-key-1")).ApiKeys);

    [Theory]
    [InlineData("MaxInputs", "0", "Jina:Server:MaxInputs is 0; expected at least 1.")]
    [InlineData("MaxTokens", "-5", "Jina:Server:MaxTokens is -5; expected at least 1.")]
    [InlineData("MaxBodyBytes", "0", "Jina:Server:MaxBodyBytes is 0; expected at least 1.")]
    [InlineData("MaxBodyBytes", "2147483647", "Jina:Server:MaxBodyBytes is 2147483647; expected at most 1073741795.")]
    [InlineData("MaxBodyBytes", "8 MiB", "Jina:Server:MaxBodyBytes is '8 MiB'; expected a whole number.")]
    [InlineData("MaxConcurrentRequests", "0", "Jina:Server:MaxConcurrentRequests is 0; expected at least 1.")]
    [InlineData("MaxQueuedInputs", "0", "Jina:Server:MaxQueuedInputs is 0; expected at least 1.")]
    [InlineData(
        "MaxQueuedInputs",
        "2047",
        "Jina:Server:MaxQueuedInputs is 2047; expected at least MaxInputs, 2048, or the largest request would never fit.")]
    [InlineData("StrictModel", "yes", "Jina:Server:StrictModel is 'yes'; expected true or false.")]
    [InlineData("ApiKeys:0", "", "Jina:Server:ApiKeys:0 has 0 characters; expected at least 8.")]
    [InlineData("ApiKeys", "7-chars", "Jina:Server:ApiKeys:0 has 7 characters; expected at least 8.")]
    [InlineData("ApiKeys:0", "with a space", $"Jina:Server:ApiKeys:0 {BadCharacter}")]
    [InlineData("ApiKeys:0", "schlüssel", $"Jina:Server:ApiKeys:0 {BadCharacter}")]
    [InlineData(
        "ApiKey",
        "a-long-key",
        "Jina:Server:ApiKey is not an option; expected one of MaxInputs, MaxTokens, MaxBodyBytes, MaxConcurrentRequests, MaxQueuedInputs, "
        + "MaxMemoryBytes, StrictModel, StrictFields, TokenIdEncoding, ApiKeys.")]
    [InlineData("StrictFields", "1", "Jina:Server:StrictFields is '1'; expected true or false.")]
    [InlineData(
        "TokenIdEncoding", "p50k_base", "Jina:Server:TokenIdEncoding is 'p50k_base'; expected cl100k_base, o200k_base or model.")]
    [InlineData("MaxMemoryBytes", "9.5", "Jina:Server:MaxMemoryBytes is '9.5'; expected a whole number.")]
    [InlineData(
        "MaxMemoryBytes",
        "33669119",
        "Jina:Server:MaxMemoryBytes is 33669119; expected at least 33669120, or a body of MaxBodyBytes, 8388608, would never fit.")]
    public void An_invalid_value_is_reported_with_its_key(string key, string value, string message) =>
        Assert.Equal([message], Assert.Throws<OptionsValidationException>(() => Read((key, value))).Failures);

    [Theory]
    [InlineData("o200k_base")]
    [InlineData("O200kBase")]
    [InlineData("O200K_BASE")]
    public void An_encoding_can_have_its_own_name_or_that_of_the_enum(string name) =>
        Assert.Equal(TokenIdEncoding.O200kBase, Read(("TokenIdEncoding", name)).TokenIdEncoding);

    [Fact]
    public async Task A_host_does_not_start_and_reports_all_problems()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJinaEmbeddingEndpoint(Section(("MaxInputs", "0"), ("StrictModel", "7"), ("ApiKeys:0", "a")));
        builder.Services.AddJinaEmbeddingEndpoint(options => options.MaxTokens = 0);
        await using var app = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "Jina:Server:StrictModel is '7'; expected true or false.",
                "Jina:Server:MaxInputs is 0; expected at least 1.",
                "Jina:Server:MaxTokens is 0; expected at least 1.",
                "Jina:Server:ApiKeys:0 has 1 characters; expected at least 8.",
            ],
            error.Failures);
    }

    [Fact]
    public void Problems_of_options_set_in_code_name_the_class()
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddingEndpoint(options => (options.MaxInputs, options.TokenIdEncoding) = (0, (TokenIdEncoding)7));
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<JinaEmbeddingEndpointOptions>>();

        var error = Assert.Throws<OptionsValidationException>(() => options.Value);

        Assert.Equal(
            [
                "JinaEmbeddingEndpointOptions.MaxInputs is 0; expected at least 1.",
                "JinaEmbeddingEndpointOptions.TokenIdEncoding is 7; expected cl100k_base, o200k_base or model.",
            ],
            error.Failures);
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Jina:Server:{pair.Key}", (string?)pair.Value)))
        .Build()
        .GetSection("Jina:Server");

    private static JinaEmbeddingEndpointOptions Read(params (string Key, string Value)[] values)
    {
        var services = new ServiceCollection();
        services.AddJinaEmbeddingEndpoint(Section(values));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<JinaEmbeddingEndpointOptions>>().Value;
    }
}
