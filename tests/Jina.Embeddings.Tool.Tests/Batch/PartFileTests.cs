using System.Text;
using Jina.Embeddings.Tool.Batch;
using Jina.Embeddings.Tool.Input;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Batch;

public sealed class PartFileTests : IDisposable
{
    private static readonly Shard Third = new(2, 3);
    private static readonly PartSettings Settings = new([new("model", "demo"), new("precision", "fp32")]);

    private readonly TemporaryFolder _folder = new();

    private string Output => _folder.File("vectors.jsonl");

    private string Part => $"{Output}.part";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{\"index\":8,\"tok", 2)]
    [InlineData("{\"index\":8,\"tokens\":1,\"embedding\":[0.5]}", 2)]
    [InlineData("{\"index\":9,\"tokens\":1,\"embedding\":[0.5]}\n", 2)]
    [InlineData("\0\0\0\0\n", 2)]
    [InlineData("{\"index\":8,\"tokens\":1,\"embedding\":[0.5]}\n", 3)]
    [InlineData("", 2)]
    public void A_part_continues_behind_its_last_whole_record(string end, int expected)
    {
        const string Whole =
            "{\"index\":2,\"id\":\"ü\",\"tokens\":1,\"embedding\":[0.5]}\n{\"index\":5,\"id\":\"b\",\"tokens\":1,\"embedding\":[0.5]}\n";
        Begin(Whole + end);

        using (var part = PartFile.TryOpen(Output, Third, Settings, resume: true))
        {
            Assert.Equal(expected, part!.Records);
            part.Write("next"u8);
        }

        Assert.Equal(Whole + (expected == 3 ? end : "") + "next", File.ReadAllText(Part));
    }

    [Fact]
    public void Without_resume_a_part_starts_anew()
    {
        Begin("{\"index\":2,\"tokens\":1,\"embedding\":[0.5]}\n");

        using (var part = PartFile.TryOpen(Output, Third, Settings, resume: false))
        {
            Assert.Equal(0, part!.Records);
        }

        Assert.Empty(File.ReadAllBytes(Part));
    }

    [Fact]
    public void A_part_with_other_settings_is_kept_and_reported()
    {
        Begin("{\"index\":2,\"tokens\":1,\"embedding\":[0.5]}\n");
        var other = new PartSettings([new("model", "demo"), new("precision", "int8")]);

        var error = Assert.Throws<CommandException>(() => PartFile.TryOpen(Output, Third, other, resume: true));

        Assert.Contains("another precision; found fp32, expected int8", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(File.ReadAllBytes(Part));
    }

    [Fact]
    public void A_second_process_can_try_again_later()
    {
        using var first = PartFile.TryOpen(Output, Third, Settings, resume: true);

        var error = Assert.Throws<CommandException>(() => PartFile.TryOpen(Output, Third, Settings, resume: true));

        Assert.Equal(ExitCode.TryAgain, error.ExitCode);
        Assert.Contains("Another process writes this file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_file_has_no_part_and_is_not_written_again()
    {
        using (var part = PartFile.TryOpen(Output, Third, Settings, resume: false))
        {
            part!.Write("{\"index\":2,\"tokens\":1,\"embedding\":[0.5]}\n"u8);
            await part.CompleteAsync(
                VectorFormat.Jsonl, new VectorLayout(1, 1, HasIds: false, EmbeddingType.Float), TestContext.Current.CancellationToken);
        }

        Assert.Equal([Output], Directory.GetFiles(_folder.Path));
        Assert.Null(PartFile.TryOpen(Output, Third, Settings, resume: true));
        var error = Assert.Throws<CommandException>(() => PartFile.TryOpen(Output, Third, Settings, resume: false));
        Assert.Contains("already exists", error.Message, StringComparison.Ordinal);
        Assert.Equal([Output], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_reported()
    {
        var error = Assert.Throws<CommandException>(
            () => PartFile.TryOpen(_folder.File("missing", "a.jsonl"), Third, Settings, resume: true));

        Assert.Contains("The folder of the file does not exist", error.Message, StringComparison.Ordinal);
    }

    private void Begin(string content)
    {
        using var part = PartFile.TryOpen(Output, Third, Settings, resume: false);
        part!.Write(Encoding.UTF8.GetBytes(content));
    }
}
