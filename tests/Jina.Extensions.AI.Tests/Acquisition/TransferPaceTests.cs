using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class TransferPaceTests
{
    private readonly SetClock _clock = new();

    [Fact]
    public void A_modem_that_shares_its_line_between_two_files_is_fast_enough()
    {
        var pace = Create();
        for (var second = 1; second <= 40_000; second++)
        {
            _clock.Seconds = second;
            pace.ThrowIfSlow(second * (33_600L / 8 / 2));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_700)]
    public void A_slower_file_is_rejected_after_ten_minutes(int bytesPerSecond)
    {
        var pace = Create();
        for (var second = 1; second <= 600; second++)
        {
            _clock.Seconds = second;
            pace.ThrowIfSlow(second * bytesPerSecond);
        }

        _clock.Seconds = 601;
        var error = Assert.Throws<HubException>(() => pace.ThrowIfSlow(600 * bytesPerSecond));
        Assert.False(error.IsTransient);
        Assert.Equal(
            $"weights arrives too slowly: {600 * bytesPerSecond} bytes in 600 seconds; at least 1048576 are expected. "
            + "The received bytes are kept, and the next attempt resumes from them.",
            error.Message);
    }

    [Fact]
    public void Bytes_of_an_earlier_process_do_not_count_and_a_restart_begins_a_new_period()
    {
        var pace = Create(length: 5_000_000);
        _clock.Seconds = 500;
        pace.Restart();
        _clock.Seconds = 1_000;
        pace.ThrowIfSlow(100);
        _clock.Seconds = 1_101;
        Assert.Throws<HubException>(() => pace.ThrowIfSlow(100));
    }

    private TransferPace Create(long length = 0) => new("weights", new TransferLimits { Clock = _clock }, length);

    /// <summary>Represents a clock that a test sets.</summary>
    private sealed class SetClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
