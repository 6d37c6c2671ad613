using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

public sealed class RecentSpeedTests
{
    private readonly ManualTime _time = new();
    private readonly RecentSpeed _speed;

    public RecentSpeedTests() => _speed = new RecentSpeed(_time);

    [Fact]
    public void The_speed_is_unknown_before_the_first_inputs_are_done()
    {
        _speed.Begin();
        _time.Advance(1);

        Assert.Null(_speed.InputsPerSecond);
    }

    [Fact]
    public void Idle_time_does_not_count()
    {
        Work(seconds: 2, inputs: 20);
        _time.Advance(1000);
        Work(seconds: 2, inputs: 20);

        Assert.Equal(10, _speed.InputsPerSecond!.Value, 1e-9);
    }

    [Fact]
    public void Concurrent_work_counts_its_time_once()
    {
        _speed.Begin();
        _speed.Begin();
        _time.Advance(2);
        _speed.End(30);
        _speed.End(10);

        Assert.Equal(20, _speed.InputsPerSecond!.Value, 1e-9);
    }

    [Fact]
    public void Failed_work_counts_its_time_but_not_its_inputs()
    {
        Work(seconds: 1, inputs: 10);
        Work(seconds: 1, inputs: 0);

        Assert.Equal(5, _speed.InputsPerSecond!.Value, 1e-9);
    }

    [Fact]
    public void The_speed_follows_a_change_within_a_minute_of_work()
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
