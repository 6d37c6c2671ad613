using CsCheck;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Tests.Input;

public sealed class ShardTests
{
    [Theory]
    [InlineData("0/1", 0, 1)]
    [InlineData("3/16", 3, 16)]
    [InlineData("15/16", 15, 16)]
    public void A_shard_has_a_number_and_a_count(string value, int index, int count) =>
        Assert.Equal(new Shard(index, count), Shard.Parse(value, _ => null));

    [Theory]
    [InlineData("16/16", "shard 16 of 16 does not exist")]
    [InlineData("0/0", "shard 0 of 0 does not exist")]
    [InlineData("-1/4", "found '-1/4'")]
    [InlineData("1", "found '1'")]
    [InlineData("a/4", "found 'a/4'")]
    [InlineData("1/2/3", "found '1/2/3'")]
    [InlineData("1/99999999999", "found '1/99999999999'")]
    [InlineData("", "found ''")]
    public void Anything_else_is_reported(string value, string problem)
    {
        var error = Assert.Throws<FormatException>(() => Shard.Parse(value, _ => null));

        Assert.StartsWith(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected I/N", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto/4", "JOB_COMPLETION_INDEX=3", 3, 4)]
    [InlineData("auto", "SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=16", 6, 16)]
    [InlineData("auto/16", "SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=3", 7, 16)]
    [InlineData("auto", "AWS_BATCH_JOB_ARRAY_INDEX=2 AWS_BATCH_JOB_ARRAY_SIZE=5", 2, 5)]
    public void A_job_scheduler_can_name_the_shard(string value, string environment, int index, int count) =>
        Assert.Equal(new Shard(index, count), Shard.Parse(value, Variables(environment)));

    [Theory]
    [InlineData("auto", "", "JOB_COMPLETION_INDEX")]
    [InlineData("auto", "JOB_COMPLETION_INDEX=3", "expected auto/N")]
    [InlineData("auto/4", "JOB_COMPLETION_INDEX=4", "shard 4 of 4 does not exist")]
    [InlineData("auto/4", "JOB_COMPLETION_INDEX=x", "the variable JOB_COMPLETION_INDEX is 'x'")]
    [InlineData("auto/4", "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=2", "shard -1 of 4 does not exist")]
    public void Missing_and_wrong_variables_are_reported(string value, string environment, string problem)
    {
        var error = Assert.Throws<FormatException>(() => Shard.Parse(value, Variables(environment)));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_record_is_in_exactly_one_shard() =>
        Gen.Select(Gen.Int[1, 50], Gen.Long[0, 1L << 40]).Sample((count, index) =>
            Enumerable.Range(0, count).Count(number => new Shard(number, count).Contains(index)) == 1);

    private static Func<string, string?> Variables(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('='))
            .ToDictionary(variable => variable[0], variable => variable[1]);
        return name => variables.GetValueOrDefault(name);
    }
}
