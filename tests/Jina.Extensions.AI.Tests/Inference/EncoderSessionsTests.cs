using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Which session runs what. The wide one is of other weights here, so that its vectors give it away.</summary>
public sealed class EncoderSessionsTests : IDisposable
{
    private static readonly OtherWork Alone = new(0, 0);

    private readonly TemporaryFolder _narrow = new();
    private readonly TemporaryFolder _wide = new();
    private readonly T5Encoding[] _long = Text(20);
    private readonly T5Encoding[] _short = Text(4);
    private int _opened;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _narrow.Dispose();
        _wide.Dispose();
    }

    [Fact]
    public void Only_lone_runs_that_are_long_enough_go_to_the_wide_session()
    {
        using var sessions = Open(OpenWide);
        var narrow = sessions.Run(_long, new OtherWork(1, 0), Token)[0];
        var wide = WaitForWide(sessions, narrow);
        var narrowShort = sessions.Run(_short, new OtherWork(1, 0), Token)[0];

        Assert.Equal(wide, sessions.Run(_long, Alone, Token)[0]);
        Assert.Equal(narrow, sessions.Run(_long, new OtherWork(1, 0), Token)[0]);
        Assert.Equal(narrow, sessions.Run(_long, new OtherWork(0, 1), Token)[0]);
        Assert.Equal(narrowShort, sessions.Run(_short, Alone, Token)[0]);
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void No_wide_session_is_made_for_the_first_lone_runs_nor_for_any_number_of_others()
    {
        using var sessions = Open(OpenWide);
        for (var i = 0; i < 50; i++)
        {
            sessions.Run(_long, new OtherWork(1, 1), Token);
            sessions.Run(_short, Alone, Token);
        }

        sessions.Run(_long, Alone, Token);
        sessions.Run(_long, Alone, Token);

        sessions.Dispose();
        Assert.Equal(0, _opened);
    }

    [Fact]
    public void A_wide_session_that_cannot_be_made_is_done_without()
    {
        var sessions = Open(() =>
        {
            Interlocked.Increment(ref _opened);
            throw new InvalidOperationException("No memory.");
        });
        var expected = sessions.Run(_long, new OtherWork(1, 0), Token)[0];

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(expected, sessions.Run(_long, Alone, Token)[0]);
        }

        sessions.Dispose();
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void Disposal_waits_for_a_wide_session_on_its_way()
    {
        var sessions = Open(OpenWide);
        for (var i = 0; i < 5; i++)
        {
            sessions.Run(_long, Alone, Token);
        }

        sessions.Dispose();

        Assert.Equal(1, _opened);
    }

    private static T5Encoding[] Text(int tokens) => [new T5Encoding([.. RandomIds.Make([tokens], 512).Single()], false)];

    private static EncoderSession OpenModel(TemporaryFolder folder, int seed) => EncoderSession.Open(EncoderGraphFile.Ensure(
        Checkpoint.Open(RandomCheckpoint.Write(folder.Path, new RandomCheckpointOptions { Seed = seed }, Token)), folder.Path).Path);

    private EncoderSessions Open(Func<EncoderSession> openWide) =>
        new(OpenModel(_narrow, 1), openWide, fewestTokens: 10, releaseMemory: false, weights: null);

    private EncoderSession OpenWide()
    {
        Interlocked.Increment(ref _opened);
        return OpenModel(_wide, 2);
    }

    private float[] WaitForWide(EncoderSessions sessions, float[] narrow)
    {
        float[] vector = narrow;
        Assert.True(SpinWait.SpinUntil(() => !narrow.SequenceEqual(vector = sessions.Run(_long, Alone, Token)[0]), TimeSpan.FromMinutes(1)), "No wide session came.");
        return vector;
    }
}
