using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests;

/// <summary>Tests texts that are given as token IDs.</summary>
public sealed class GeneratorTokensTests : IAsyncLifetime
{
    private readonly JinaEmbeddingGenerator _generator = new(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 16 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _generator.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_ids_give_the_same_result_as_their_texts_with_or_without_the_end_token(bool withEnd)
    {
        var tokenizer = await _generator.GetTokenizerAsync(Token);
        var ids = DemoModel.Texts.Select(text => tokenizer.Encode(text, 1000).Ids.SkipLast(withEnd ? 0 : 1).ToArray());

        var fromIds = await _generator.GenerateFromTokensAsync(ids, cancellationToken: Token);
        var fromTexts = await _generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        Assert.Equal(fromTexts.Select(embedding => embedding.Vector.ToArray()), fromIds.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal(fromTexts.Usage!.InputTokenCount, fromIds.Usage!.InputTokenCount);
        Assert.Equal(1, fromIds.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(100_257)]
    public async Task The_message_for_a_token_id_outside_the_vocabulary_contains_its_index(int id)
    {
        var size = (await _generator.GetTokenizerAsync(Token)).VocabularySize;

        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            "tokenIds", () => _generator.GenerateFromTokensAsync([[5], [7, size - 1, id]], cancellationToken: Token));

        Assert.StartsWith(
            $"Token ID 2 of text 1 is {id}. Expected 0 to {size - 1}: IDs from this model's own tokenizer.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, 0)]
    [InlineData(16, 1)]
    [InlineData(500, 1)]
    public async Task Token_ids_beyond_the_limit_are_truncated_like_a_text(int count, int truncated)
    {
        var result = await _generator.GenerateFromTokensAsync([Enumerable.Repeat(5, count).ToArray()], cancellationToken: Token);

        Assert.Equal(truncated, result.AdditionalProperties![JinaEmbeddingGenerator.TruncatedInputsKey]);
        Assert.Equal(16, result.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Token_ids_beyond_the_limit_are_rejected_if_the_request_says_so()
    {
        var options = new EmbeddingGenerationOptions
        {
            AdditionalProperties = new() { [JinaEmbeddingGenerator.TruncationKey] = TruncationPolicy.Throw },
        };

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => _generator.GenerateFromTokensAsync([[5], Enumerable.Repeat(5, 16).ToArray()], options, Token));

        Assert.StartsWith("Text 1 has 17 tokens, but at most 16 are allowed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_list_is_rejected()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(
            "tokenIds", () => _generator.GenerateFromTokensAsync(null!, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>(
            "tokenIds", () => _generator.GenerateFromTokensAsync([null!], cancellationToken: Token));
    }
}
