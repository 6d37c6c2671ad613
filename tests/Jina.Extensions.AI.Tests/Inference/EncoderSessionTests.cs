using System.Diagnostics;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

public sealed class EncoderSessionTests
{
    [Fact]
    public void Cancellation_stops_a_run_halfway_and_leaves_the_session_usable()
    {
        using var folder = new TemporaryFolder();
        var slow = new RandomCheckpointOptions { LayerCount = 24, FeedForwardSize = 512, MaxTokens = 1024 };
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(folder.Path, slow, TestContext.Current.CancellationToken));
        using var session = EncoderSession.Open(EncoderGraphFile.Ensure(checkpoint, folder.Path).Path);
        T5Encoding[] text = [new T5Encoding([.. RandomIds.Make([1024], 512).Single()], false)];
        var expected = session.Run(text, CancellationToken.None)[0];
        var fastest = Enumerable.Range(0, 3).Min(_ => TimeOf(() => session.Run(text, CancellationToken.None)));

        // A run checks its token only before it starts. After that, only ONNX Runtime can end it early.
        using var source = new CancellationTokenSource(fastest / 4);
        Assert.Throws<OperationCanceledException>(() => session.Run(text, source.Token));

        Tolerance.SameModel.AssertEqual(expected, session.Run(text, CancellationToken.None)[0]);
    }

    private static TimeSpan TimeOf(Action run)
    {
        var watch = Stopwatch.StartNew();
        run();
        return watch.Elapsed;
    }
}
