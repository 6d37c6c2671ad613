namespace Jina.Extensions.AI.Tests.Options;

public sealed class JinaEmbeddingOptionsTests
{
    [Theory]
    [InlineData(nameof(JinaEmbeddingOptions.MaxTokens), "Expected at least 1 token, or null for the model's own limit.")]
    [InlineData(nameof(JinaEmbeddingOptions.MaxThreads), "Expected at least 1 thread, or null for one per processor.")]
    [InlineData(nameof(JinaEmbeddingOptions.MaxBatchTokens), "Expected at least 1 token, or null for the default.")]
    public void A_number_below_1_is_refused_by_its_name(string name, string message)
    {
        foreach (var value in new[] { 0, -1, int.MinValue })
        {
            var options = new JinaEmbeddingOptions();
            typeof(JinaEmbeddingOptions).GetProperty(name)!.SetValue(options, value);

            var error = Assert.Throws<ArgumentOutOfRangeException>(name, () => new JinaEmbeddingGenerator(options));

            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
            Assert.Equal(value, error.ActualValue);
        }
    }

    [Fact]
    public void A_precision_that_there_is_none_of_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            nameof(JinaEmbeddingOptions.Precision), () => new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Precision = (Precision)7 }));

        Assert.StartsWith("Expected one of Fp32, Int8.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_smallest_limits_work()
    {
        var options = new JinaEmbeddingOptions { Model = DemoModel.Model, MaxThreads = 1, MaxBatchTokens = 1 };
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(options, TestContext.Current.CancellationToken);

        var vectors = await generator.GenerateAsync(DemoModel.Texts, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(DemoModel.Texts.Length, vectors.Count);
    }
}
