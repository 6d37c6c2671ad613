using Jina.Embeddings.AspNetCore.Limits;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Limits;

public sealed class RecentSpeedTests
{
    private readonly ManualTime _time = new();
    private readonly RecentSpeed _speed;

    public RecentSpeedTests() => _speed = new RecentSpeed(_time);

    [Fact]
    public void The_speed_is_unknown_before_the_first_tokens_are_done()
    {
        _speed.Begin(10);
        _time.Advance(1);

        Assert.Null(_speed.SecondsOfQueue);
        Assert.Equal(1, _speed.BusySeconds, 1e-9);
    }

    [Fact]
    public void Idle_time_does_not_count()
    {
        Work(seconds: 2, tokens: 20);
        _time.Advance(1000);
        Work(seconds: 2, tokens: 20);

        Assert.Equal(10, Speed(), 1e-9);
    }

    [Fact]
    public void Concurrent_work_counts_its_time_once()
    {
        _speed.Begin(30);
        _speed.Begin(10);
        _time.Advance(2);
        _speed.End(30, done: true);
        _speed.End(10, done: true);

        Assert.Equal(20, Speed(), 1e-9);
    }

    [Fact]
    public void Failed_work_counts_its_time_but_not_its_tokens()
    {
        Work(seconds: 1, tokens: 10);
        Work(seconds: 1, tokens: 10, done: false);

        Assert.Equal(5, Speed(), 1e-9);
    }

    [Fact]
    public void The_speed_follows_a_change_within_a_minute_of_work()
    {
        for (var i = 0; i < 100; i++)
        {
            Work(seconds: 1, tokens: 1000);
        }

        for (var i = 0; i < 60; i++)
        {
            Work(seconds: 1, tokens: 10);
        }

        Assert.InRange(Speed(), 10, 30);
    }

    [Fact]
    public void An_empty_queue_takes_no_time()
    {
        Work(seconds: 1, tokens: 10);

        Assert.Equal(0, _speed.SecondsOfQueue);
    }

    /// <summary>Returns the tokens per second.</summary>
    private double Speed()
    {
        _speed.Begin(1000);
        var seconds = _speed.SecondsOfQueue!.Value;
        _speed.End(1000, done: false);
        return 1000 / seconds;
    }

    private void Work(double seconds, int tokens, bool done = true)
    {
        _speed.Begin(tokens);
        _time.Advance(seconds);
        _speed.End(tokens, done);
    }
}
