using Jina.Fuzzing.Runs;
using Jina.Fuzzing.Targets;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Fuzzing;

/// <summary>
/// Tests inputs that the fuzzing program found, each with the reason for its rejection. A file's name begins with its target's name.
/// </summary>
public sealed class RegressionTests
{
    private static readonly Dictionary<string, string> Rejections = new()
    {
        ["safetensors-trailing-bytes"] = ": 2 bytes after ",
        ["safetensors-tail-of-another-file"] = "do not belong to a tensor",
        ["onnx-attention-without-heads"] = "a node has q_num_heads = 0; at least 1 is expected",
        ["onnx-fails-in-its-run"] = "ONNX Runtime cannot run this graph",
    };

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder { get; } = RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Fuzzing", "Regressions");

    [Theory]
    [MemberData(nameof(Names))]
    public void An_input_that_was_found_once_is_rejected(string name)
    {
        using var target = FuzzTargets.Create(name[..name.IndexOf('-', StringComparison.Ordinal)]);

        var reading = target.Measure(File.ReadAllBytes(Path.Combine(Folder, $"{name}.bin")));

        Assert.Equal(Outcome.Rejected, reading.Outcome);
        Assert.Contains(Rejections[name], reading.Message, StringComparison.Ordinal);
    }
}
