using System.Diagnostics;

namespace Jina.Extensions.AI.Tests.Diagnostics;

/// <summary>Tests the spans of the source "Jina.Extensions.AI".</summary>
public sealed class RequestTraceTests
{
    private const string Request = "jina.embeddings.request";
    private const string Tokenize = "jina.embeddings.tokenize";
    private const string Queue = "jina.embeddings.queue";
    private const string Inference = "jina.embeddings.inference";

    private static readonly string[] Steps = [Tokenize, Queue, Inference];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_has_a_span_with_its_steps()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 16 });
        using var spans = new Spans();

        var embeddings = await generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        Assert.Equal([Request, .. Steps], spans.All.Select(span => span.OperationName));
        var request = spans.All[0];
        Assert.Equal(spans.Root.SpanId, request.ParentSpanId);
        Assert.All(spans.All[1..], step => Assert.Equal(request.SpanId, step.ParentSpanId));
        Assert.All(spans.All, span =>
        {
            Assert.Equal("demo-en", span.GetTagItem("gen_ai.request.model"));
            Assert.Equal(DemoModel.Texts.Length, NumberOf(span, "jina.embeddings.texts"));
            Assert.Equal(embeddings.Usage!.InputTokenCount, NumberOf(span, "jina.embeddings.tokens"));
            Assert.Equal(ActivityStatusCode.Unset, span.Status);
        });
        Assert.Equal(1, NumberOf(request, "jina.embeddings.truncations"));
    }

    [Fact]
    public async Task Each_window_has_spans_of_its_own()
    {
        const int Texts = 5000;
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        using var spans = new Spans();

        await generator.GenerateAsync(Enumerable.Repeat("rain", Texts), cancellationToken: Token);

        Assert.Single(spans.Of(Request));
        Assert.All(Steps, step =>
        {
            Assert.Equal(3, spans.Of(step).Length);
            Assert.Equal(Texts, spans.Of(step).Sum(span => NumberOf(span, "jina.embeddings.texts")));
        });
    }

    [Fact]
    public async Task Texts_of_a_slow_source_are_in_the_spans_of_windows()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        using var spans = new Spans();
        static async IAsyncEnumerable<string> TextsAsync()
        {
            for (var i = 0; i < 10; i++)
            {
                await Task.Yield();
                yield return "rain";
            }
        }

        await foreach (var embedding in generator.GenerateStreamingAsync(TextsAsync(), cancellationToken: Token))
        {
            Assert.Equal(DemoModel.Dimensions, embedding.Vector.Length);
        }

        Assert.Equal(10, NumberOf(Assert.Single(spans.Of(Request)), "jina.embeddings.texts"));
        Assert.All(Steps, step => Assert.Equal(10, spans.Of(step).Sum(span => NumberOf(span, "jina.embeddings.texts"))));
    }

    [Fact]
    public async Task A_late_request_has_the_same_spans_and_counts_each_chunk_once()
    {
        const int Chunks = 3000;
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        using var spans = new Spans();

        var embeddings = await generator.GenerateLateChunksAsync(
            Enumerable.Repeat("The station measures wind speed, air pressure and rain.", Chunks), cancellationToken: Token);

        var request = Assert.Single(spans.Of(Request));
        Assert.Equal(spans.Root.SpanId, request.ParentSpanId);
        Assert.Equal(Chunks, NumberOf(request, "jina.embeddings.texts"));
        Assert.Equal(embeddings.Usage!.InputTokenCount, NumberOf(request, "jina.embeddings.tokens"));
        Assert.Equal(0, NumberOf(request, "jina.embeddings.truncations"));
        Assert.All(Steps, step =>
        {
            Assert.True(spans.Of(step).Length > 1, step);
            Assert.All(spans.Of(step), span => Assert.Equal(request.SpanId, span.ParentSpanId));
            Assert.Equal(Chunks, spans.Of(step).Sum(span => NumberOf(span, "jina.embeddings.texts")));
        });
        Assert.Same(spans.Root, Activity.Current);
    }

    [Fact]
    public async Task A_failed_late_request_has_the_type_of_the_exception()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        using var spans = new Spans();

        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateLateChunksAsync(["a", " "], cancellationToken: Token));

        var request = Assert.Single(spans.All);
        Assert.Equal((ActivityStatusCode.Error, "System.ArgumentException"), (request.Status, request.GetTagItem("error.type")));
    }

    [Fact]
    public async Task The_callers_span_stays_current_while_vectors_are_read()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        using var spans = new Spans();

        await foreach (var _ in generator.GenerateStreamingAsync(DemoModel.Texts, cancellationToken: Token))
        {
            Assert.Same(spans.Root, Activity.Current);
        }

        Assert.Same(spans.Root, Activity.Current);
    }

    [Fact]
    public async Task A_failed_request_has_the_type_of_the_exception_but_not_its_message()
    {
        var options = new JinaEmbeddingOptions { Model = DemoModel.Model, MaxTokens = 4, Truncation = TruncationPolicy.Throw };
        await using var generator = new JinaEmbeddingGenerator(options);
        using var spans = new Spans();

        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(DemoModel.Texts, cancellationToken: Token));

        var request = Assert.Single(spans.All);
        Assert.Equal((ActivityStatusCode.Error, (string?)null), (request.Status, request.StatusDescription));
        Assert.Equal("System.ArgumentException", request.GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_request_that_is_left_early_has_ended_without_an_error()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });
        using var spans = new Spans();

        await foreach (var _ in generator.GenerateStreamingAsync(DemoModel.Texts, cancellationToken: Token))
        {
            break;
        }

        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(spans.Of(Request)).Status);
    }

    private static long NumberOf(Activity span, string tag) => Convert.ToInt64(span.GetTagItem(tag), null);
}
