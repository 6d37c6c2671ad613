using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Tests.Inference;

public sealed class CallGateTests
{
    [Fact]
    public async Task Closing_waits_for_the_last_visit()
    {
        var gate = new CallGate(this);
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
        var gate = new CallGate(this);

        await gate.CloseAsync();
        await gate.CloseAsync();

        Assert.Throws<ObjectDisposedException>(() => gate.Enter());
    }
}
