using System.Runtime.CompilerServices;
using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tests.Tokenization;
using Jina.Extensions.AI.Tokenization;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Creates requests for texts and runs them on a test's scheduler.</summary>
internal static class Requests
{
    private const int MaxTokens = 64;

    public static OutputCheck Outputs { get; } = new("model", normalize: false);

    /// <summary>Returns a different text for each number, of 2 to 40 tokens.</summary>
    public static string Text(int number) => string.Join(' ', Enumerable.Repeat($"{number}", 1 + (number % 7)));

    public static float[] VectorOf(string text) => RecordingRunner.VectorOf(UnigramFixture.Tokenizer.Encode(text, MaxTokens));

    public static InputTokenizer Tokenizer(TruncationPolicy truncation = TruncationPolicy.Truncate, int maxTokens = MaxTokens) =>
        new(UnigramFixture.Tokenizer, maxTokens, truncation);

    public static IAsyncEnumerable<TextWindow> WindowsAsync(
        EmbeddingScheduler scheduler, IEnumerable<string> texts, CancellationToken cancellationToken) =>
        WindowsAsync(scheduler, Tokenizer().Tokenize(texts), cancellationToken);

    public static IAsyncEnumerable<TextWindow> WindowsAsync(
        EmbeddingScheduler scheduler, IAsyncEnumerable<string> texts, CancellationToken cancellationToken) =>
        WindowsAsync(scheduler, Tokenizer().Tokenize(texts), cancellationToken);

    public static async IAsyncEnumerable<TextWindow> WindowsAsync(
        EmbeddingScheduler scheduler, IAsyncEnumerable<T5Encoding> texts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new EmbeddingRequest(Outputs, cancellationToken);
        await foreach (var window in request.EmbedAsync(texts, count: 0, scheduler))
        {
            yield return window;
        }
    }

    /// <summary>Embeds texts. Fails after a minute, so that a mistake does not block the tests.</summary>
    public static Task<float[][]> EmbedAsync(
        EmbeddingScheduler scheduler, IEnumerable<string> texts, CancellationToken cancellationToken) =>
        CollectAsync(WindowsAsync(scheduler, texts, cancellationToken)).WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);

    public static async Task AssertServedAsync(EmbeddingScheduler scheduler, int first, int count)
    {
        string[] texts = [.. Enumerable.Range(first, count).Select(Text)];
        Assert.Equal(texts.Select(VectorOf), await EmbedAsync(scheduler, texts, TestContext.Current.CancellationToken));
    }

    public static async Task<float[][]> CollectAsync(IAsyncEnumerable<TextWindow> windows)
    {
        var vectors = new List<float[]>();
        await foreach (var window in windows)
        {
            vectors.AddRange(window.Vectors);
        }

        return [.. vectors];
    }
}
