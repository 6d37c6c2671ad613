using System.Text;
using Jina.Testing;
using RagConsole.Documents;

namespace RagConsole.Tests.Documents;

public sealed class DocumentFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public void Text_files_are_read_from_all_subfolders_in_the_order_of_their_paths()
    {
        Write("b.MD", "b");
        Write("a/z.markdown", "z");
        Write("a/deep/er/y.txt", "y");
        Write("a/program.cs", "no");
        Write(".git/description.txt", "no");

        Assert.Equal(["a/deep/er/y.txt", "a/z.markdown", "b.MD"], Read().Select(document => document.File));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_read_as_the_replacement_character()
    {
        File.WriteAllBytes(_folder.File("latin1.txt"), [(byte)'c', (byte)'a', (byte)'f', 0xE9]);

        Assert.Equal("caf\ufffd", Assert.Single(Read()).Text);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        File.WriteAllText(_folder.File("a.txt"), "grün", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(_folder.File("b.txt"), "grün", Encoding.Unicode);

        Assert.All(Read(), document => Assert.Equal("grün", document.Text));
    }

    [Fact]
    public void A_binary_file_is_skipped_with_a_warning()
    {
        Write("good.txt", "text");
        File.WriteAllBytes(_folder.File("picture.txt"), [0x89, 0x50, 0x4E, 0x47, 0, 0, 1]);

        Assert.Equal("good.txt", Assert.Single(Read()).File);
        Assert.Equal("Skipped picture.txt: it is not a text file.", Assert.Single(_warnings));
    }

    [Fact]
    public void A_file_that_another_program_holds_is_skipped_with_a_warning()
    {
        Write("good.txt", "text");
        Write("held.txt", "text");
        using var held = new FileStream(_folder.File("held.txt"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal("good.txt", Assert.Single(Read()).File);
        Assert.StartsWith("Skipped held.txt: ", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_back_to_the_folder_is_not_followed()
    {
        Write("a.txt", "text");
        Directory.CreateSymbolicLink(_folder.File("again"), _folder.Path);

        Assert.Single(Read());
    }

    [Fact]
    public void An_empty_file_is_fine_beside_others()
    {
        Write("empty.md", string.Empty);
        Write("full.md", "text");

        Assert.Equal(2, Read().Count);
    }

    [Fact]
    public void A_folder_without_text_is_an_error()
    {
        Write("empty.md", " \n");

        Assert.Contains(_folder.Path, Assert.Throws<FileNotFoundException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => DocumentFolder.Read(_folder.File("missing"), _warnings.Add));

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<Document> Read() => DocumentFolder.Read(_folder.Path, _warnings.Add);

    private void Write(string file, string text)
    {
        var path = _folder.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
