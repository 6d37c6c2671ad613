using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests;

/// <summary>Tests vectors that are returned as soon as they are ready.</summary>
public sealed class GeneratorStreamingTests : IAsyncLifetime
{
    /// <summary>More texts than a request ever holds: those that run, wait, and are being read.</summary>
    private const int FewWindows = 4 * 2048;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JinaEmbeddingGenerator _generator = null!;

    public async ValueTask InitializeAsync() =>
        _generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, cancellationToken: Token);

    public ValueTask DisposeAsync() => _generator.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2500)]
    public async Task A_stream_gives_the_same_vectors_as_one_request(int count)
    {
        string[] texts = [.. Enumerable.Range(0, count).Select(i => $"wind{i}"[..(i % 6)])];
        var expected = await _generator.GenerateAsync(texts, cancellationToken: Token);

        var actual = await _generator.GenerateStreamingAsync(texts, cancellationToken: Token).ToListAsync(Token);
        var fromAsync = await _generator.GenerateStreamingAsync(texts.ToAsyncEnumerable(), cancellationToken: Token).ToListAsync(Token);

        AssertSame(expected, actual);
        AssertSame(expected, fromAsync);
    }

    [Fact]
    public async Task A_stream_of_token_ids_gives_the_vectors_of_the_texts()
    {
        var tokenizer = await _generator.GetTokenizerAsync(Token);
        var ids = DemoModel.Texts.Select(text => tokenizer.Encode(text).Ids).ToArray();
        var expected = await _generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        var actual = await _generator.GenerateStreamingFromTokensAsync(ids, cancellationToken: Token).ToListAsync(Token);
        var fromAsync = await _generator.GenerateStreamingFromTokensAsync(ids.ToAsyncEnumerable(), cancellationToken: Token)
            .ToListAsync(Token);

        AssertSame(expected, actual);
        AssertSame(expected, fromAsync);
    }

    [Fact]
    public async Task A_zipped_stream_returns_each_item_with_the_vector_of_its_text()
    {
        var selected = 0;
        var items = Enumerable.Range(0, 5000).Select(i => (Id: i, Text: $"wind{i % 6}")).ToArray();
        var byText = items.Take(6).Zip(await _generator.GenerateAsync(items.Take(6).Select(item => item.Text), cancellationToken: Token))
            .ToDictionary(pair => pair.First.Text, pair => pair.Second.Vector);
        string Select((int Id, string Text) item)
        {
            Interlocked.Increment(ref selected);
            return item.Text;
        }

        var zipped = await _generator.GenerateAndZipStreamingAsync(items, Select, cancellationToken: Token).ToListAsync(Token);
        var fromAsync = await _generator.GenerateAndZipStreamingAsync(items.ToAsyncEnumerable(), Select, cancellationToken: Token)
            .ToListAsync(Token);

        Assert.Equal(items, zipped.Select(pair => pair.Item));
        Assert.Equal(items, fromAsync.Select(pair => pair.Item));
        Assert.All(zipped.Concat(fromAsync), pair => Tolerance.SameModel.AssertEqual(byText[pair.Item.Text], pair.Embedding.Vector));
        Assert.Equal(2 * items.Length, selected);
    }

    [Fact]
    public async Task A_stream_follows_the_options_of_its_request()
    {
        var options = new EmbeddingGenerationOptions
        {
            AdditionalProperties = new()
            {
                [JinaEmbeddingGenerator.NormalizeKey] = false,
                [JinaEmbeddingGenerator.TruncationKey] = TruncationPolicy.Throw,
            },
        };
        var expected = await _generator.GenerateVectorAsync("rain", options, Token);
        var tooLong = string.Join(' ', Enumerable.Repeat("rain", 1000));

        var (text, embedding) = await _generator.GenerateAndZipStreamingAsync(["rain"], item => item, options, Token).SingleAsync(Token);

        Assert.Equal("rain", text);
        Tolerance.SameModel.AssertEqual(expected, embedding.Vector);
        await Assert.ThrowsAsync<ArgumentException>(
            () => _generator.GenerateStreamingAsync([tooLong], options, Token).ToListAsync(Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(
            () => _generator.GenerateStreamingAsync(["a"], new() { Dimensions = 64 }, Token).ToListAsync(Token).AsTask());
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

        await foreach (var _ in _generator.GenerateStreamingAsync(texts, cancellationToken: Token))
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
    public async Task An_invalid_text_is_reported_after_vectors_before_it()
    {
        var vectors = 0;
        var texts = Enumerable.Repeat("wind", 9000).Append(null!);

        var error = await Assert.ThrowsAsync<ArgumentNullException>("values", async () =>
        {
            await foreach (var _ in _generator.GenerateStreamingAsync(texts, cancellationToken: Token))
            {
                vectors++;
            }
        });

        Assert.StartsWith("Text 9000 is null", error.Message, StringComparison.Ordinal);
        Assert.InRange(vectors, 2048, 9000);
    }

    [Fact]
    public void Missing_arguments_are_rejected_before_the_stream_starts()
    {
        var token = Token;
        IEnumerable<string> texts = null!;
        IAsyncEnumerable<string> asyncTexts = null!;
        IEnumerable<IReadOnlyList<int>> ids = null!;
        IAsyncEnumerable<IReadOnlyList<int>> asyncIds = null!;

        Assert.Throws<ArgumentNullException>("values", () => _generator.GenerateStreamingAsync(texts, null, token));
        Assert.Throws<ArgumentNullException>("values", () => _generator.GenerateStreamingAsync(asyncTexts, null, token));
        Assert.Throws<ArgumentNullException>("tokenIds", () => _generator.GenerateStreamingFromTokensAsync(ids, null, token));
        Assert.Throws<ArgumentNullException>("tokenIds", () => _generator.GenerateStreamingFromTokensAsync(asyncIds, null, token));
        Assert.Throws<ArgumentNullException>("items", () => _generator.GenerateAndZipStreamingAsync(texts, text => text, null, token));
        Assert.Throws<ArgumentNullException>("items", () => _generator.GenerateAndZipStreamingAsync(asyncTexts, text => text, null, token));
        Assert.Throws<ArgumentNullException>("selector", () => _generator.GenerateAndZipStreamingAsync(["a"], null!, null, token));
    }

    [Fact]
    public async Task A_stream_can_be_canceled_by_either_token()
    {
        var texts = Enumerable.Repeat("wind", 100_000);
        using var source = new CancellationTokenSource();
        var given = Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CancelHalfwayAsync(_generator.GenerateStreamingAsync(texts, cancellationToken: source.Token), source));
        Assert.Equal(source.Token, (await given).CancellationToken);

        using var later = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CancelHalfwayAsync(_generator.GenerateStreamingAsync(texts, cancellationToken: Token), later));
    }

    [Fact]
    public async Task Disposal_waits_until_a_stream_ends_and_rejects_the_next_one()
    {
        Task disposal;
        var texts = Enumerable.Repeat("wind", 100_000);
        await using (var stream = _generator.GenerateStreamingAsync(texts, cancellationToken: Token).GetAsyncEnumerator(Token))
        {
            Assert.True(await stream.MoveNextAsync());
            disposal = _generator.DisposeAsync().AsTask();
            Assert.True(await stream.MoveNextAsync());
            Assert.False(disposal.IsCompleted);
        }

        await disposal;
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => _generator.GenerateStreamingAsync(["a"], cancellationToken: Token).ToListAsync(Token).AsTask());
    }

    private static void AssertSame(GeneratedEmbeddings<Embedding<float>> expected, List<Embedding<float>> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair =>
        {
            Tolerance.SameModel.AssertEqual(pair.First.Vector, pair.Second.Vector);
            Assert.Equal(pair.First.ModelId, pair.Second.ModelId);
            Assert.NotNull(pair.Second.CreatedAt);
        });
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
