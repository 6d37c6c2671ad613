using Jina.Fuzzing.Runs;
using Jina.Fuzzing.Targets;

namespace Jina.Extensions.AI.Tests.Fuzzing;

/// <summary>The beginning of what tests/Jina.Fuzzing reads at length.</summary>
public sealed class FuzzSliceTests
{
    private const int Inputs = 300;
    private const int Seed = 20_001;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutated_inputs_are_read_or_refused_and_nothing_else(string name)
    {
        using var target = FuzzTargets.Create(name);

        var summary = FuzzRun.Run(target, Inputs, Seed);

        Assert.Empty(summary.Findings.Select(finding => $"input {finding.Number}: {finding.Problem}"));

        // It says something only if inputs get past the first check, and not all past the last. Any text is one to read.
        Assert.InRange(summary.Refused, name == "text" ? 0 : 1, name == "text" ? 0 : Inputs - 1);
    }
}
