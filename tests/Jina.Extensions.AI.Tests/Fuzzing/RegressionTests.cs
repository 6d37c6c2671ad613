using Jina.Fuzzing.Runs;
using Jina.Fuzzing.Targets;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Fuzzing;

/// <summary>Inputs that the fuzzing program once found, each with why it is refused now. A file's name begins with its target's.</summary>
public sealed class RegressionTests
{
    private static readonly Dictionary<string, string> Refusals = new()
    {
        ["safetensors-trailing-bytes"] = "lie 2 bytes that belong to no tensor",
        ["safetensors-tail-of-another-file"] = "bytes that belong to no tensor",
        ["onnx-attention-without-heads"] = "a node has q_num_heads = 0; at least 1 is expected",
        ["onnx-fails-in-its-run"] = "ONNX Runtime cannot run this graph",
    };

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder { get; } = RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Fuzzing", "Regressions");

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_found_once_is_refused(string name)
    {
        using var target = FuzzTargets.Create(name[..name.IndexOf('-', StringComparison.Ordinal)]);

        var reading = target.Measure(File.ReadAllBytes(Path.Combine(Folder, $"{name}.bin")));

        Assert.Equal(Outcome.Refused, reading.Outcome);
        Assert.Contains(Refusals[name], reading.Message, StringComparison.Ordinal);
    }
}
