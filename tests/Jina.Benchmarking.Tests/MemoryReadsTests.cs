namespace Jina.Benchmarking.Tests;

public sealed class MemoryReadsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(1000)]
    public void Every_value_is_read_once(int count)
    {
        ulong[] values = [.. Enumerable.Range(1, count).Select(number => (ulong)number * 0x9E3779B97F4A7C15)];

        Assert.Equal(values.Aggregate(0UL, (folded, value) => folded ^ value), MemoryReads.Fold(values));
    }

    [Fact]
    public void Each_thread_reads_its_share()
    {
        var reads = new MemoryReads(bytes: 1 << 16, threads: 2);

        Assert.All([0, 1], thread => Assert.True(reads.MeasureBytesPerSecond(thread) > 0));
        Assert.Throws<IndexOutOfRangeException>(() => reads.MeasureBytesPerSecond(2));
    }
}
