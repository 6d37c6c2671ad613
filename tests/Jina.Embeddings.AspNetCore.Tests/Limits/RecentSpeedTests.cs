using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

public sealed class RecentSpeedTests
{
    private readonly ManualTime _time = new();
    private readonly RecentSpeed _speed;

    public RecentSpeedTests() => _speed = new RecentSpeed(_time);

    [Fact]
    public void It_is_unknown_before_anything_is_done()
    {
        _speed.Begin();
        _time.Advance(1);

        Assert.Null(_speed.InputsPerSecond);
    }

    [Fact]
    public void Time_without_work_does_not_count()
    {
        Work(seconds: 2, inputs: 20);
        _time.Advance(1000);
        Work(seconds: 2, inputs: 20);

        Assert.Equal(10, _speed.InputsPerSecond!.Value, 1e-9);
    }

    [Fact]
    public void Work_side_by_side_counts_its_time_once()
    {
        _speed.Begin();
        _speed.Begin();
        _time.Advance(2);
        _speed.End(30);
        _speed.End(10);

        Assert.Equal(20, _speed.InputsPerSecond!.Value, 1e-9);
    }

    [Fact]
    public void What_failed_took_time_and_did_nothing()
    {
        Work(seconds: 1, inputs: 10);
        Work(seconds: 1, inputs: 0);

        Assert.Equal(5, _speed.InputsPerSecond!.Value, 1e-9);
    }

    [Fact]
    public void It_follows_a_change_within_a_minute_of_work()
    {
        for (var i = 0; i < 100; i++)
        {
            Work(seconds: 1, inputs: 1000);
        }

        for (var i = 0; i < 60; i++)
        {
            Work(seconds: 1, inputs: 10);
        }

        Assert.InRange(_speed.InputsPerSecond!.Value, 10, 30);
    }

    private void Work(double seconds, int inputs)
    {
        _speed.Begin();
        _time.Advance(seconds);
        _speed.End(inputs);
    }
}
