using System.Diagnostics;
using System.Runtime.InteropServices;
using Jina.Extensions.AI.Tests.OnnxExports;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Loading;

/// <summary>
/// Tests processes whose weights change while they are in use. Other processes run the models, because a file that is truncated under a
/// memory mapping ends the process that reads it.
/// </summary>
public sealed class ChangedWeightsTests : IDisposable
{
    private const string Short = "5 6 7";
    private static readonly string Long = string.Join(' ', Enumerable.Range(2, 200));

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Gets the ways in which other programs change a file, and whether the file itself keeps its content.</summary>
    public static IReadOnlyDictionary<string, Action<string>> Changes { get; } = new Dictionary<string, Action<string>>
    {
        ["truncated to nothing"] = path => SetLength(path, 0),
        ["truncated by half"] = path => SetLength(path, new FileInfo(path).Length / 2),
        ["overwritten with zeros"] = path => File.WriteAllBytes(path, new byte[new FileInfo(path).Length]),
        ["overwritten with ones"] = path => File.WriteAllBytes(path, Ones(path)),
        ["overwritten with the size and the time kept"] = path => TestFiles.ChangeInPlace(path, 0, Ones(path)),
        ["made longer"] = path => SetLength(path, new FileInfo(path).Length + 4096),
        ["replaced by a rename"] = path => TestFiles.Replace(path, Ones(path)),
        ["deleted"] = File.Delete,
        ["deleted with its folder"] = path => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true),
    };

    public static TheoryData<string, WeightType, Precision> Checkpoints =>
    [
        .. from change in Changes.Keys select (change, WeightType.F32, Precision.Fp32),
        .. from change in new[] { "truncated to nothing", "overwritten with the size and the time kept", "deleted with its folder" }
           from form in new[] { (WeightType.F32, Precision.Int8), (WeightType.F16, Precision.Fp32), (WeightType.BF16, Precision.Fp32) }
           select (change, form.Item1, form.Item2),
    ];

    /// <summary>Gets the changes of a file that a session reads during runs, and whether a run is rejected after them.</summary>
    public static TheoryData<string, bool> Mapped => new(
        Changes.Keys.Where(change => !change.Contains("kept", StringComparison.Ordinal)).Select(change => (
            change, !change.Contains("deleted", StringComparison.Ordinal) && !change.Contains("rename", StringComparison.Ordinal))));

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public async Task A_loaded_checkpoint_keeps_its_vectors(string change, WeightType type, Precision precision)
    {
        WriteCheckpoint(type);
        Start(precision);
        var (expectedShort, expectedLong) = (await AskAsync(Short), await AskAsync(Long));

        Changes[change](FileOf(precision == Precision.Int8 ? "jina-encoder-int8.safetensors" : "model.safetensors"));

        // These are enough lone texts for the session that is opened later, which reads the matrices again.
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(expectedLong, await AskAsync(Long));
            Assert.Equal(expectedShort, await AskAsync(Short));
        }
    }

    [Theory]
    [MemberData(nameof(Mapped))]
    public async Task A_text_with_new_tokens_is_rejected_once_the_checkpoint_was_written(string change, bool isRejected)
    {
        WriteCheckpoint(WeightType.F32);
        Start(Precision.Fp32);
        var expected = await AskAsync(Short);
        await Task.Delay(50, Token);

        Changes[change](FileOf("model.safetensors"));

        var rejection = $"rejected {FileOf("model.safetensors")}: The file has changed";
        Assert.Equal(isRejected, (await AskAsync("300 301")).StartsWith(rejection, StringComparison.Ordinal));
        Assert.Equal(expected, await AskAsync(Short));
    }

    [Theory]
    [MemberData(nameof(Mapped))]
    public async Task A_checkpoint_that_a_configured_session_reads_is_rejected_once_it_was_written(string change, bool isRejected)
    {
        WriteCheckpoint(WeightType.F32);
        Start(Precision.Fp32, "hook");

        await AssertAsync(FileOf("model.safetensors"), change, isRejected);
    }

    [Theory]
    [MemberData(nameof(Mapped))]
    public async Task External_data_of_an_export_are_rejected_once_they_were_written(string change, bool isRejected)
    {
        CopyTokenizer();
        OnnxExportFixture.WriteWithExternalData(FileOf("model.onnx"), "last_hidden_state", pooled: false);
        Start(Precision.Fp32);

        await AssertAsync(FileOf("model.onnx.data"), change, isRejected);
    }

    [Theory]
    [InlineData("truncated to nothing")]
    [InlineData("overwritten with zeros")]
    [InlineData("overwritten with the size and the time kept")]
    public async Task A_loaded_export_with_its_own_data_keeps_its_vectors(string change)
    {
        CopyTokenizer();
        OnnxExportFixture.Write(FileOf("model.onnx"), "last_hidden_state", pooled: false);
        Start(Precision.Fp32);

        await AssertAsync(FileOf("model.onnx"), change, isRejected: false);
    }

    [Fact]
    public async Task A_file_that_is_truncated_before_the_load_is_rejected_and_the_whole_file_is_loaded_later()
    {
        WriteCheckpoint(WeightType.F32);
        var weights = FileOf("model.safetensors");
        var content = File.ReadAllBytes(weights);
        SetLength(weights, content.Length / 2);
        Start(Precision.Fp32);

        Assert.StartsWith($"rejected {weights}", await AskAsync(Short), StringComparison.Ordinal);
        File.WriteAllBytes(weights, content);
        Assert.DoesNotContain("rejected", await AskAsync(Short), StringComparison.Ordinal);
    }

    private static byte[] Ones(string path) =>
        MemoryMarshal.AsBytes(Enumerable.Repeat(0.01f, (int)(new FileInfo(path).Length / sizeof(float))).ToArray().AsSpan()).ToArray();

    private static void SetLength(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(length);
    }

    private async Task AssertAsync(string path, string change, bool isRejected)
    {
        var expected = await AskAsync(Short);
        if (isRejected)
        {
            // Times have a resolution, and a file that was just created is rarely changed.
            await Task.Delay(50, Token);
        }

        Changes[change](path);

        for (var i = 0; i < 4; i++)
        {
            var answer = await AskAsync(Short);
            if (isRejected)
            {
                Assert.StartsWith($"rejected {path}: The file has changed while the model uses it", answer, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(expected, answer);
            }
        }
    }

    private string FileOf(string name) => _folder.File("model", name);

    private void CopyTokenizer()
    {
        Directory.CreateDirectory(_folder.File("model"));
        File.Copy(Path.Combine(DemoModel.Folder, "spiece.model"), FileOf("spiece.model"));
    }

    private void WriteCheckpoint(WeightType type) => RandomCheckpoint.Write(
        _folder.File("model"),
        RandomCheckpointOptions.Tiny with { Type = type, HiddenSize = 64, FeedForwardSize = 256 },
        Token);

    private void Start(Precision precision, string kind = "plain")
    {
        var worker = BuildOutput.Of("Jina.Acquisition.Worker.dll", "tests", "Jina.Acquisition.Worker");
        var start = DotnetProgram.Of(worker, "embed", _folder.File("model"), $"{precision}", kind);
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
    }

    /// <summary>Embeds token IDs in the other process. Fails if it has ended.</summary>
    private async Task<string> AskAsync(string ids)
    {
        await _process!.StandardInput.WriteLineAsync(ids.AsMemory(), Token);
        var answer = await _process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Token);
        return answer ?? throw new InvalidOperationException($"The process ended: {await _process.StandardError.ReadToEndAsync(Token)}");
    }
}
