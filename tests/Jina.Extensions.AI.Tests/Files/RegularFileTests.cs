using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Loading;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Files;

/// <summary>Tests that a pipe, a device and the like are rejected in the place of every file of a model, and never waited for.</summary>
public sealed class RegularFileTests : IDisposable
{
    // Generous: a hang is endless, and a busy machine is not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _cache = new();

    public static TheoryData<string> Kinds => [.. SpecialFile.Kinds];

    /// <summary>Gets the files that loading reads, required or not.</summary>
    public static TheoryData<string> ModelFileNames =>
    [
        "config.json", "modules.json", "1_Pooling/config.json", "sentence_bert_config.json", "tokenizer_config.json", "spiece.model",
        "model.safetensors",
    ];

    public void Dispose()
    {
        _folder.Dispose();
        _cache.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_of_another_kind_is_rejected_before_it_is_opened(string kind)
    {
        var path = _folder.File("file");
        SpecialFile.Put(path, kind);

        var error = await RejectedAsync(() => RegularFile.Open(path).Dispose());

        Assert.Equal(path, error.ModelPath);
        Assert.EndsWith("Put the file itself there, or download the model again.", error.Message, StringComparison.Ordinal);
        Assert.True(RegularFile.IsPresent(path));
        Assert.False(RegularFile.Exists(path));
        Assert.Null(RegularFile.TryReadText(path, 100));
    }

    [Theory]
    [MemberData(nameof(ModelFileNames))]
    public async Task A_special_file_is_rejected_in_the_place_of_every_file_of_a_model(string name)
    {
        DemoModelCopy.To(_folder);
        foreach (var kind in SpecialFile.Kinds)
        {
            SpecialFile.Put(_folder.File(name), kind);

            var error = await RejectedAsync(Load);

            Assert.Equal(_folder.File(name), error.ModelPath);
        }
    }

    [Theory]
    [InlineData("model.safetensors.index.json")]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model.bin.index.json")]
    [InlineData("onnx/model.onnx")]
    public async Task A_special_file_is_rejected_in_the_place_of_weights_in_other_formats(string name)
    {
        DemoModelCopy.To(_folder);
        File.Delete(_folder.File("model.safetensors"));
        foreach (var kind in SpecialFile.Kinds)
        {
            SpecialFile.Put(_folder.File(name), kind);

            var error = await RejectedAsync(Load);

            Assert.Equal(_folder.File(name), error.ModelPath);
        }
    }

    [Theory]
    [InlineData("jina-encoder-fp32.onnx")]
    [InlineData("jina-encoder-int8.onnx")]
    [InlineData("jina-encoder-fp32-tokens.onnx")]
    [InlineData("jina-encoder-int8-tokens.onnx")]
    [InlineData("jina-encoder-int8.safetensors")]
    public async Task A_special_file_in_the_place_of_a_generated_file_is_replaced(string name)
    {
        DemoModelCopy.To(_folder);
        foreach (var kind in SpecialFile.Kinds.Where(kind => kind != "folder"))
        {
            SpecialFile.Put(_folder.File(name), kind);

            await Task.Run(Load, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

            Assert.True(RegularFile.Exists(_folder.File(name)), kind);
            Assert.Null(new FileInfo(_folder.File(name)).LinkTarget);
        }
    }

    [Fact]
    public void A_link_to_a_regular_file_is_read()
    {
        File.WriteAllText(_folder.File("target"), " text\n");
        File.CreateSymbolicLink(_folder.File("first"), "target");
        File.CreateSymbolicLink(_folder.File("second"), _folder.File("first"));

        using var file = BoundedFile.Open(_folder.File("second"));

        Assert.Equal(" text\n"u8.ToArray(), file.Read(0, 6));
        Assert.Equal("text", RegularFile.TryReadText(_folder.File("second"), 6));
        Assert.Null(RegularFile.TryReadText(_folder.File("second"), 5));
        Assert.True(RegularFile.Exists(_folder.File("second")));
    }

    [Fact]
    public void A_missing_file_is_not_present()
    {
        Assert.False(RegularFile.IsPresent(_folder.File("file")));
        Assert.False(RegularFile.Exists(_folder.File("file")));
        Assert.Contains(
            "The file is missing",
            Assert.Throws<JinaModelException>(() => RegularFile.Require(_folder.File("file"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_is_not_read_from_an_endless_stream()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs /dev/zero.");
        using var zeros = File.OpenRead("/dev/zero");

        var error = Assert.Throws<JinaModelException>(() => T5Tokenizer.Create(zeros));

        Assert.Contains("/dev/zero: The stream has more than 8388608 bytes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_is_rejected_unread()
    {
        var path = _folder.File("config.json");
        using (var file = File.Create(path))
        {
            file.Write("{"u8);
            file.SetLength(1L << 40);
        }

        Assert.Contains(
            $"The file has {1L << 40} bytes. A JSON file of at most 8388608 is expected.",
            Assert.Throws<JinaModelException>(() => JsonFile.Open(path)).Message,
            StringComparison.Ordinal);
    }

    private static async Task<JinaModelException> RejectedAsync(Action open) =>
        await Assert.ThrowsAsync<JinaModelException>(() => Task.Run(open).WaitAsync(Patience, TestContext.Current.CancellationToken));

    private void Load()
    {
        var directory = new ModelDirectory(_folder.Path);
        directory.OpenTokenizer(new JinaEmbeddingOptions());
        if (directory.ExportPath is { } export)
        {
            Extensions.AI.OnnxExports.OnnxExportCheck.Check(export);
        }

        directory.EnsureGraph(_cache.Path);
        directory.EnsureGraph(_cache.Path, Precision.Int8);
        if (directory.Checkpoint is not null)
        {
            directory.EnsureGraph(_cache.Path, output: EncoderOutput.Tokens);
            directory.EnsureGraph(_cache.Path, Precision.Int8, output: EncoderOutput.Tokens);
        }

        directory.GetIdentity(JinaEmbeddingModel.FromDirectory(_folder.Path));
    }
}
