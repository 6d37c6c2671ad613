using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tests.EmbeddingQuantization;
using Jina.Extensions.AI.Tests.Tokenization;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Calls of texts on a scheduler of the test's.</summary>
internal static class Runs
{
    private const int MaxTokens = 64;

    /// <summary>A text for each number, of 2 to 40 tokens.</summary>
    public static string Text(int number) => string.Join(' ', Enumerable.Repeat($"{number}", 1 + (number % 7)));

    public static float[] VectorOf(string text) => RecordingRunner.VectorOf(UnigramFixture.Tokenizer.Encode(text, MaxTokens));

    public static EmbeddingRun<string> Of(EmbeddingScheduler scheduler, TruncationPolicy truncation = TruncationPolicy.Truncate, int maxTokens = MaxTokens) =>
        new(new InputEncoder(UnigramFixture.Tokenizer, maxTokens, truncation).Encode, scheduler);

    /// <summary>Embeds texts; fails after a minute, so that a mistake is no endless test.</summary>
    public static Task<float[][]> EmbedAsync(EmbeddingScheduler scheduler, IEnumerable<string> texts, CancellationToken cancellationToken) =>
        CollectAsync(Of(scheduler).EmbedAsync(texts, cancellationToken)).WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);

    public static async Task AssertServedAsync(EmbeddingScheduler scheduler, int first, int count)
    {
        string[] texts = [.. Enumerable.Range(first, count).Select(Text)];
        Assert.Equal(texts.Select(VectorOf), await EmbedAsync(scheduler, texts, TestContext.Current.CancellationToken));
    }

    public static async Task<float[][]> CollectAsync(IAsyncEnumerable<EmbeddedWindow> windows)
    {
        var vectors = new List<float[]>();
        await foreach (var window in windows)
        {
            vectors.AddRange(window.Vectors);
        }

        return [.. vectors];
    }
}
