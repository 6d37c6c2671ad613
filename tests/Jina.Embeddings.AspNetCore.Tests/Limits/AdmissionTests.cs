using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

public sealed class AdmissionTests
{
    private readonly ManualTime _time = new();
    private readonly Admission _admission;

    public AdmissionTests() =>
        _admission = new Admission(new JinaEmbeddingEndpointOptions { MaxInputs = 100, MaxQueuedInputs = 100 }, _time);

    [Theory]
    [InlineData(10, 1, 1)]
    [InlineData(10, 10, 10)]
    [InlineData(10, 14.1, 15)]
    [InlineData(10, 1000, 60)]
    [InlineData(99, 0.001, 1)]
    public void The_retry_time_is_the_queued_inputs_divided_by_the_recent_speed(int queued, double seconds, int expected)
    {
        using (var done = _admission.EnterInputs(queued))
        {
            _time.Advance(seconds);
            done.Complete();
        }

        using var inputs = _admission.EnterInputs(queued);

        Assert.Equal(expected, Reject().RetryAfterSeconds);
    }

    [Fact]
    public void Completed_inputs_make_room()
    {
        _admission.EnterInputs(100).Dispose();

        using var all = _admission.EnterInputs(100);

        Assert.Equal((RejectionKind.Unavailable, 5), (Reject().Kind, Reject().RetryAfterSeconds));
    }

    private Rejection Reject() => Assert.Throws<RejectedException>(() => _admission.EnterInputs(100)).Rejection;
}
