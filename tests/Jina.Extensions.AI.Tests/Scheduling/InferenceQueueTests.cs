using CsCheck;
using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tests.Chunking;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>What goes into the batches, whoever waits.</summary>
public sealed class InferenceQueueTests
{
    /// <summary>Calls of windows of lengths.</summary>
    private static readonly Gen<int[][][]> Calls =
        Gen.OneOf(Gen.Int[1, 20], Gen.Int[1, 512]).Array[1, 60].Array[1, 3].Array[1, 6];

    [Fact]
    public void Every_text_runs_once_and_its_vector_goes_to_its_place() => Gen.Select(Calls, Gen.Int[1, 1500], Gen.Int[1, 8]).Sample((calls, budget, free) =>
    {
        var windows = Windows(calls);
        var batches = Run(windows, budget, free);

        Assert.Equal(windows.Sum(window => window.Texts.Length), batches.Sum(batch => batch.Count));
        Assert.All(windows, window =>
        {
            Assert.True(window.Window.Completion.IsCompletedSuccessfully);
            Assert.Equal(window.Texts.Select(RecordingRunner.VectorOf), window.Window.Completion.Result);
        });
    });

    [Fact]
    public void A_batch_of_several_texts_stays_within_the_budget_and_is_hardly_padded() => Gen.Select(Calls, Gen.Int[1, 1500], Gen.Int[1, 8]).Sample((calls, budget, free) =>
        Run(Windows(calls), budget, free).Where(batch => batch.Count > 1).All(batch =>
        {
            var padded = batch.Count * batch.Max(text => text.Ids.Count);
            return padded <= budget && padded - batch.Sum(text => text.Ids.Count) <= BatchShape.MaxPadding;
        }));

    [Fact]
    public void Calls_of_one_text_each_share_batches_as_one_call_of_all_would()
    {
        var alone = Run(Windows([.. Enumerable.Repeat<int[][]>([[8]], 100)]), 256, free: 1);
        var together = Run(Windows([[[.. Enumerable.Repeat(8, 100)]]]), 256, free: 1);

        Assert.Equal(together.Select(batch => batch.Count), alone.Select(batch => batch.Count));
    }

    [Fact]
    public void What_waits_is_divided_among_threads_that_have_nothing_to_do()
    {
        var queue = new InferenceQueue(1000, static _ => { });
        queue.Add(new Caller([.. Enumerable.Repeat(100, 8)]).Window);

        Assert.Equal(2, queue.Take(free: 4)!.Count);
    }

    [Fact]
    public void Nothing_is_left_after_a_call_is_dropped() => Gen.Select(Calls, Gen.Int[0, 5]).Sample((calls, taken) =>
    {
        var queue = new InferenceQueue(256, static _ => { });
        var windows = Windows(calls);
        windows.ForEach(window => queue.Add(window.Window));
        for (var i = 0; i < taken; i++)
        {
            queue.Take(free: 1);
        }

        windows.ForEach(window => queue.Cancel(window.Window.Call));

        Assert.Equal((0, 0L), (queue.Waiting, queue.WaitingTokens));
        Assert.Null(queue.Take(free: 1));
        Assert.All(windows, window => Assert.True(window.Window.Completion.IsCanceled || window.Window.Waiting == 0));
    });

    private static List<(T5Encoding[] Texts, TextWindow Window)> Windows(int[][][] calls) =>
        [.. calls.SelectMany(call => Windows(call, new EmbeddingCall(CancellationToken.None)))];

    private static IEnumerable<(T5Encoding[] Texts, TextWindow Window)> Windows(int[][] call, EmbeddingCall owner) => call.Select(lengths =>
    {
        using var caller = new Caller(lengths);
        return (caller.Texts, new TextWindow(owner, caller.Texts, truncated: 0));
    });

    private static List<MicroBatch> Run(List<(T5Encoding[] Texts, TextWindow Window)> windows, int budget, int free)
    {
        var queue = new InferenceQueue(budget, static _ => { });
        windows.ForEach(window => queue.Add(window.Window));
        var batches = new List<MicroBatch>();
        while (queue.Take(free) is { } batch)
        {
            batch.Complete([.. batch.Select(RecordingRunner.VectorOf)]);
            batches.Add(batch);
        }

        Assert.Equal((0, 0L), (queue.Waiting, queue.WaitingTokens));
        return batches;
    }
}
