using Jina.Fuzzing.Runs;
using Jina.Fuzzing.Targets;

namespace Jina.Extensions.AI.Tests.Fuzzing;

/// <summary>Runs the first inputs of each target of tests/Jina.Fuzzing.</summary>
public sealed class FuzzSliceTests
{
    private const int Inputs = 100;
    private const int Seed = 20_001;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_mutated_input_is_accepted_or_rejected(string name)
    {
        using var target = FuzzTargets.Create(name);

        var summary = FuzzRun.Run(target, Inputs, Seed);

        Assert.Empty(summary.Findings.Select(finding => $"input {finding.Number}: {finding.Problem}"));

        // The test is meaningful only if some inputs pass the first check, and some fail. Every text is accepted.
        Assert.InRange(summary.Rejected, name == "text" ? 0 : 1, name == "text" ? 0 : Inputs - 1);
    }
}
