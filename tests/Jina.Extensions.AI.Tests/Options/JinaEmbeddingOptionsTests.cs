namespace Jina.Extensions.AI.Tests.Options;

public sealed class JinaEmbeddingOptionsTests
{
    [Theory]
    [InlineData(nameof(JinaEmbeddingOptions.MaxTokens), "expected at least 1 token, or nothing for the model's own limit.")]
    [InlineData(nameof(JinaEmbeddingOptions.MaxThreads), "expected at least 1 thread, or nothing for one per processor.")]
    [InlineData(nameof(JinaEmbeddingOptions.MaxBatchTokens), "expected at least 1 token, or nothing for the default.")]
    public void A_number_below_1_is_rejected_and_named(string name, string expected)
    {
        foreach (var value in new[] { 0, -1, int.MinValue })
        {
            var options = new JinaEmbeddingOptions();
            typeof(JinaEmbeddingOptions).GetProperty(name)!.SetValue(options, value);

            var error = Assert.Throws<ArgumentException>("options", () => new JinaEmbeddingGenerator(options));

            Assert.StartsWith($"{name} is {value}; {expected}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var options = new JinaEmbeddingOptions
        {
            Model = null!,
            Precision = (Precision)7,
            Truncation = (TruncationPolicy)(-1),
            HubEndpoint = "here",
        };

        var error = Assert.Throws<ArgumentException>("options", () => new JinaEmbeddingGenerator(options));

        Assert.Equal(
            "Model is null; expected a model, e.g. JinaEmbeddingModel.SmallEnV1. Truncation is -1; expected Truncate or Throw. "
            + "Precision is 7; expected Fp32 or Int8. "
            + "HubEndpoint is 'here'; expected a URL such as https://huggingface.co. (Parameter 'options')",
            error.Message);
    }

    [Fact]
    public async Task The_smallest_limits_work()
    {
        var options = new JinaEmbeddingOptions { Model = DemoModel.Model, MaxThreads = 1, MaxBatchTokens = 1 };
        var token = TestContext.Current.CancellationToken;
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(options, cancellationToken: token);

        var vectors = await generator.GenerateAsync(DemoModel.Texts, cancellationToken: token);

        Assert.Equal(DemoModel.Texts.Length, vectors.Count);
    }
}
