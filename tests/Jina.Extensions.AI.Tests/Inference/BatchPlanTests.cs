using CsCheck;
using Jina.Extensions.AI.Inference;

namespace Jina.Extensions.AI.Tests.Inference;

public sealed class BatchPlanTests
{
    private static readonly Gen<int[]> Lengths = Gen.Int[1, 512].Array[0, 300];

    [Fact]
    public void Every_text_stands_in_exactly_one_batch() => Lengths.Sample(lengths =>
        BatchPlan.Create(lengths, 512).SelectMany(batch => batch).Order().SequenceEqual(Enumerable.Range(0, lengths.Length)));

    [Fact]
    public void A_batch_of_several_texts_stays_within_the_budget() => Gen.Select(Lengths, Gen.Int[1, 2000]).Sample((lengths, budget) =>
        BatchPlan.Create(lengths, budget).All(batch => batch.Length == 1 || batch.Length * batch.Max(index => lengths[index]) <= budget));

    [Fact]
    public void Like_lengths_go_together() => Lengths.Sample(lengths =>
    {
        var batches = BatchPlan.Create(lengths, 512).ToArray();
        return batches.Zip(batches.Skip(1)).All(pair => pair.First.Min(i => lengths[i]) >= pair.Second.Max(i => lengths[i]));
    });
}
