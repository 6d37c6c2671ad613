namespace Jina.Extensions.AI.Tests;

public sealed class RequestGateTests
{
    [Fact]
    public async Task Closing_waits_for_the_last_request_to_leave()
    {
        var gate = new RequestGate(this);
        var first = gate.Enter();
        var second = gate.Enter();

        var closing = gate.CloseAsync();
        first.Dispose();
        Assert.False(closing.IsCompleted);

        second.Dispose();
        await closing;
        Assert.Throws<ObjectDisposedException>(() => gate.Enter());
    }

    [Fact]
    public async Task An_empty_gate_closes_at_once_and_stays_closed()
    {
        var gate = new RequestGate(this);

        await gate.CloseAsync();
        await gate.CloseAsync();

        Assert.Throws<ObjectDisposedException>(() => gate.Enter());
    }
}
