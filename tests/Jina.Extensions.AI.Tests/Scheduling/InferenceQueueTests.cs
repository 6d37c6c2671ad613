using CsCheck;
using Jina.Extensions.AI.Scheduling;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests which texts a micro-batch contains.</summary>
public sealed class InferenceQueueTests
{
    /// <summary>Requests, each with windows, each with the lengths of its texts.</summary>
    private static readonly Gen<int[][][]> Calls =
        Gen.OneOf(Gen.Int[1, 20], Gen.Int[1, 512]).Array[1, 60].Array[1, 3].Array[1, 6];

    /// <summary>Requests, a budget of tokens, and a number of free threads.</summary>
    private static readonly Gen<(int[][][] Calls, int Budget, int Free)> Inputs = Gen.Select(Calls, Gen.Int[1, 1500], Gen.Int[1, 8]);

    [Fact]
    public void Every_text_runs_once_and_its_vector_has_the_index_of_the_text() => Inputs.Sample((calls, budget, free) =>
    {
        var windows = Windows(calls);
        var batches = Run(windows, budget, free);

        Assert.Equal(windows.Sum(window => window.Texts.Length), batches.Sum(batch => batch.Count));
        Assert.All(windows, window =>
        {
            Assert.True(window.Window.Completion.IsCompletedSuccessfully);
            Assert.Equal(window.Texts.Select(RecordingRunner.VectorOf), window.Window.Vectors);
        });
    });

    [Fact]
    public void A_batch_of_several_texts_stays_within_the_budget_and_has_little_padding() => Inputs.Sample((calls, budget, free) =>
        Run(Windows(calls), budget, free).Where(batch => batch.Count > 1).All(batch =>
        {
            var padded = batch.Count * batch.Max(text => text.Ids.Count);
            return padded <= budget && padded - batch.Sum(text => text.Ids.Count) <= MicroBatch.MaxPadding;
        }));

    [Fact]
    public void Requests_of_one_text_share_batches_like_one_request_of_all_texts()
    {
        var alone = Run(Windows([.. Enumerable.Repeat<int[][]>([[8]], 100)]), 256, free: 1);
        var together = Run(Windows([[[.. Enumerable.Repeat(8, 100)]]]), 256, free: 1);

        Assert.Equal(together.Select(batch => batch.Count), alone.Select(batch => batch.Count));
    }

    [Fact]
    public void Waiting_texts_are_divided_among_free_threads()
    {
        var queue = new InferenceQueue(1000, static _ => { });
        queue.Add(new Caller([.. Enumerable.Repeat(100, 8)]).Window);

        Assert.Equal(2, queue.Take(free: 4)!.Count);
    }

    [Fact]
    public void A_query_is_a_new_request_and_leaves_the_texts_of_others() => Inputs.Sample((calls, budget, taken) =>
    {
        var queue = new InferenceQueue(256, static _ => { });
        using var ingest = new Caller([.. Enumerable.Repeat(5, 200)]);
        queue.Add(ingest.Window);
        queue.Take(free: 1);
        Assert.False(queue.HasQuery(budget));

        var windows = Windows([.. calls.Take(taken)]);
        windows.ForEach(window => queue.Add(window.Window));
        var few = windows.Sum(window => window.Window.WaitingTokens) <= budget;

        Assert.Equal(few, queue.HasQuery(budget));
        var query = queue.TakeQuery(budget);
        Assert.Equal(few, query is not null);
        Assert.True(query is null || query.Requests is [var only] && only == windows[0].Window.Request);
    });

    [Fact]
    public void A_canceled_request_leaves_nothing_in_the_queue() => Gen.Select(Calls, Gen.Int[0, 5]).Sample((calls, taken) =>
    {
        var queue = new InferenceQueue(256, static _ => { });
        var windows = Windows(calls);
        windows.ForEach(window => queue.Add(window.Window));
        for (var i = 0; i < taken; i++)
        {
            queue.Take(free: 1);
        }

        windows.ForEach(window => queue.Cancel(window.Window.Request));

        Assert.Equal((0, 0L), (queue.Waiting, queue.WaitingTokens));
        Assert.Null(queue.Take(free: 1));
        Assert.All(windows, window => Assert.True(window.Window.Completion.IsCanceled || window.Window.Waiting == 0));
    });

    private static List<(T5Encoding[] Texts, TextWindow Window)> Windows(int[][][] calls) =>
        [.. calls.SelectMany(call => Windows(call, new EmbeddingRequest(Requests.Outputs, CancellationToken.None)))];

    private static IEnumerable<(T5Encoding[] Texts, TextWindow Window)> Windows(int[][] call, EmbeddingRequest owner) =>
        call.Select(lengths =>
        {
            using var caller = new Caller(lengths);
            return (caller.Texts, new TextWindow(owner, caller.Texts));
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
