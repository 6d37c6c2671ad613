using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

public sealed class AdmissionTests
{
    private readonly ManualTime _time = new();
    private readonly Admission _admission;

    public AdmissionTests() => _admission = new Admission(new JinaEmbeddingEndpointOptions { MaxInputs = 100, MaxQueuedInputs = 100 }, _time);

    [Theory]
    [InlineData(10, 1, 1)]
    [InlineData(10, 10, 10)]
    [InlineData(10, 14.1, 15)]
    [InlineData(10, 1000, 60)]
    [InlineData(99, 0.001, 1)]
    public void The_wait_that_is_proposed_is_what_waits_by_the_recent_speed(int waiting, double seconds, int expected)
    {
        using (var done = _admission.EnterInputs(waiting))
        {
            _time.Advance(seconds);
            done.Done();
        }

        using var inputs = _admission.EnterInputs(waiting);

        Assert.Equal(expected, Refused().RetryAfterSeconds);
    }

    [Fact]
    public void What_ends_makes_room()
    {
        _admission.EnterInputs(100).Dispose();

        using var all = _admission.EnterInputs(100);

        Assert.Equal((RefusalKind.Unavailable, 5), (Refused().Kind, Refused().RetryAfterSeconds));
    }

    private Refusal Refused() => Assert.Throws<RefusedException>(() => _admission.EnterInputs(100)).Refusal;
}
