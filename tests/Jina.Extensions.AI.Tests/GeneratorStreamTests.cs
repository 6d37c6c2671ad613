using Jina.Extensions.AI.Tests.EmbeddingQuantization;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests;

/// <summary>Vectors that come as they are ready.</summary>
public sealed class GeneratorStreamTests : IAsyncLifetime
{
    /// <summary>More than a call ever holds: what runs, what waits, and what is being read.</summary>
    private const int FewWindows = 4 * 2048;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JinaEmbeddingGenerator _generator = null!;

    public async ValueTask InitializeAsync() => _generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, Token);

    public ValueTask DisposeAsync() => _generator.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2500)]
    public async Task A_stream_gives_what_a_call_gives(int count)
    {
        string[] texts = [.. Enumerable.Range(0, count).Select(i => $"wind{i}"[..(i % 6)])];
        var expected = await _generator.GenerateAsync(texts, cancellationToken: Token);
        var actual = new List<Embedding<float>>();

        await foreach (var embedding in _generator.GenerateStreamAsync(texts, Token))
        {
            actual.Add(embedding);
        }

        Assert.Equal(count, actual.Count);
        Assert.All(expected.Zip(actual), pair =>
        {
            Tolerance.SameModel.AssertEqual(pair.First.Vector, pair.Second.Vector);
            Assert.Equal(pair.First.ModelId, pair.Second.ModelId);
            Assert.NotNull(pair.Second.CreatedAt);
        });
    }

    [Fact]
    public async Task A_million_texts_are_read_only_as_far_as_vectors_are_taken()
    {
        var (read, taken) = (0, 0);
        var texts = Enumerable.Range(0, 1_000_000).Select(i =>
        {
            read++;
            return "wind";
        });

        await foreach (var _ in _generator.GenerateStreamAsync(texts, Token))
        {
            Assert.InRange(read, ++taken, taken + FewWindows);
            if (taken == 3000)
            {
                break;
            }
        }

        Assert.InRange(read, taken, taken + FewWindows);
        Assert.Single(await _generator.GenerateAsync(["still well"], cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_wrong_with_a_text_comes_after_the_vectors_before_it()
    {
        var vectors = 0;

        var error = await Assert.ThrowsAsync<ArgumentNullException>("values", async () =>
        {
            await foreach (var _ in _generator.GenerateStreamAsync(Enumerable.Repeat("wind", 9000).Append(null!), Token))
            {
                vectors++;
            }
        });

        Assert.StartsWith("Text 9000 is null", error.Message, StringComparison.Ordinal);
        Assert.InRange(vectors, 2048, 9000);
        Assert.Throws<ArgumentNullException>("values", () => _generator.GenerateStreamAsync(null!, Token));
    }

    [Fact]
    public async Task Cancellation_ends_a_stream_by_whichever_token()
    {
        using var source = new CancellationTokenSource();
        var given = Assert.ThrowsAnyAsync<OperationCanceledException>(() => CancelHalfwayAsync(_generator.GenerateStreamAsync(Enumerable.Repeat("wind", 100_000), source.Token), source));
        Assert.Equal(source.Token, (await given).CancellationToken);

        using var later = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CancelHalfwayAsync(_generator.GenerateStreamAsync(Enumerable.Repeat("wind", 100_000), Token), later));
    }

    [Fact]
    public async Task Disposal_waits_for_a_stream_to_be_left_and_refuses_the_next()
    {
        Task disposal;
        await using (var stream = _generator.GenerateStreamAsync(Enumerable.Repeat("wind", 100_000), Token).GetAsyncEnumerator(Token))
        {
            Assert.True(await stream.MoveNextAsync());
            disposal = _generator.DisposeAsync().AsTask();
            Assert.True(await stream.MoveNextAsync());
            Assert.False(disposal.IsCompleted);
        }

        await disposal;
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _generator.GenerateStreamAsync(["a"], Token).GetAsyncEnumerator(Token).MoveNextAsync());
    }

    private static async Task CancelHalfwayAsync(IAsyncEnumerable<Embedding<float>> stream, CancellationTokenSource source)
    {
        var taken = 0;
        await foreach (var _ in stream.WithCancellation(source.Token))
        {
            if (++taken == 3000)
            {
                await source.CancelAsync();
            }
        }
    }
}
