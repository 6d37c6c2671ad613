using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

public sealed class AdmissionTests
{
    private readonly ManualTime _time = new();
    private readonly Admission _admission;

    public AdmissionTests() => _admission = new Admission(
        new JinaEmbeddingEndpointOptions { MaxInputs = 100, MaxQueuedInputs = 100, MaxMemoryBytes = 1000 }, _time);

    [Theory]
    [InlineData(10, 1, 1)]
    [InlineData(10, 10, 10)]
    [InlineData(10, 14.1, 15)]
    [InlineData(10, 1000, 1000)]
    [InlineData(10, 1_000_000, 3600)]
    [InlineData(99, 0.001, 1)]
    public void The_retry_time_is_the_queued_work_divided_by_the_recent_speed(int queued, double seconds, int expected)
    {
        Embed(Request(queued), seconds);

        using var inputs = _admission.EnterInputs(Request(queued));

        Assert.Equal(expected, Reject().RetryAfterSeconds);
        Assert.Equal(expected, _admission.TooManyRequests().RetryAfterSeconds);
    }

    [Fact]
    public void The_retry_time_counts_long_texts_by_their_tokens_up_to_the_limit_of_a_model()
    {
        // One token per second.
        Embed(Request(50), seconds: 100);

        using var fits = _admission.EnterInputs(Request(1, new string('x', 4 * 99)));
        Assert.Equal(100, _admission.TooManyRequests().RetryAfterSeconds);

        using var truncated = _admission.EnterInputs(Request(1, new string('x', 1_000_000)));
        Assert.Equal(100 + 512, _admission.TooManyRequests().RetryAfterSeconds);

        using var ids = _admission.EnterInputs(new EmbeddingRequest { TokenIds = [new int[88], new int[100_000]] });
        Assert.Equal(100 + 512 + 88 + 512, _admission.TooManyRequests().RetryAfterSeconds);
    }

    [Fact]
    public void Before_a_speed_is_known_the_retry_time_is_the_time_that_requests_have_been_running()
    {
        Assert.Equal(5, _admission.TooManyRequests().RetryAfterSeconds);

        using var running = _admission.EnterInputs(Request(1));
        _time.Advance(3);
        Assert.Equal(5, _admission.TooManyRequests().RetryAfterSeconds);
        _time.Advance(20);
        Assert.Equal(23, _admission.TooManyRequests().RetryAfterSeconds);
    }

    [Fact]
    public void Completed_inputs_make_room()
    {
        _admission.EnterInputs(Request(100)).Dispose();

        using var all = _admission.EnterInputs(Request(100));

        Assert.Equal((RejectionKind.Unavailable, 5), (Reject().Kind, Reject().RetryAfterSeconds));
    }

    [Fact]
    public void Bytes_are_held_up_to_the_limit()
    {
        Assert.True(_admission.TryHold(600));
        Assert.False(_admission.TryHold(401));
        Assert.True(_admission.TryHold(400));
        Assert.False(_admission.TryHold(1));
        Assert.True(_admission.TryHold(-400));
        Assert.True(_admission.TryHold(1));

        Assert.Contains("hold 601 bytes, and at most 1000 are allowed", _admission.TooManyBytes(500).Message, StringComparison.Ordinal);
        var (fits, never) = (_admission.TooManyBytes(1000), _admission.TooManyBytes(1001));
        Assert.Equal((RejectionKind.TooManyRequests, 5), (fits.Kind, fits.RetryAfterSeconds));
        Assert.Equal((RejectionKind.BodyTooLarge, null), (never.Kind, never.RetryAfterSeconds));
    }

    [Fact]
    public void Threads_never_hold_more_than_the_limit_together()
    {
        var most = 0L;
        var held = 0L;
        Parallel.For(0, 20_000, i =>
        {
            var bytes = 100 + (i % 300);
            if (_admission.TryHold(bytes))
            {
                InterlockedMax(ref most, Interlocked.Add(ref held, bytes));
                Interlocked.Add(ref held, -bytes);
                _admission.TryHold(-bytes);
            }
        });

        Assert.InRange(most, 1, 1000);
        Assert.True(_admission.TryHold(1000));
    }

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var found && found != seen)
        {
            seen = found;
        }
    }

    private static EmbeddingRequest Request(int inputs, string text = "text") =>
        new() { Texts = [.. Enumerable.Repeat(text, inputs)] };

    private void Embed(EmbeddingRequest request, double seconds)
    {
        using var done = _admission.EnterInputs(request);
        _time.Advance(seconds);
        done.Complete();
    }

    private Rejection Reject() => Assert.Throws<RejectedException>(() => _admission.EnterInputs(Request(100))).Rejection;
}
