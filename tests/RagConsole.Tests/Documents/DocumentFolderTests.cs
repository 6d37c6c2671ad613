using System.Diagnostics;
using System.Runtime.Versioning;
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

        Assert.Equal(["a/deep/er/y.txt", "a/z.markdown", "b.MD"], List().Select(document => document.File));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_link_to_the_folder_itself_is_not_followed()
    {
        Write("a.txt", "text");
        Directory.CreateSymbolicLink(_folder.File("again"), _folder.Path);

        Assert.Single(List());
    }

    [Fact]
    public void An_empty_file_is_skipped_with_a_warning()
    {
        Write("empty.md", string.Empty);
        Write("full.md", "text");

        Assert.Equal("full.md", Assert.Single(List()).File);
        Assert.Equal("Skipped empty.md: it is empty or not a regular file.", Assert.Single(_warnings));
    }

    [Fact]
    public void A_pipe_is_skipped_with_a_warning_and_never_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are not files on Windows.");
        Write("full.md", "text");
        using var make = Process.Start("mkfifo", [_folder.File("pipe.md")]);
        make.WaitForExit();

        Assert.Equal((0, "full.md"), (make.ExitCode, Assert.Single(List()).File));
        Assert.Equal("Skipped pipe.md: it is empty or not a regular file.", Assert.Single(_warnings));
    }

    [Fact]
    public void A_file_that_is_too_large_is_skipped_with_a_warning()
    {
        Write("full.md", "text");
        using (var large = File.Create(_folder.File("large.txt")))
        {
            large.SetLength(DocumentFolder.MaxBytes + 1);
        }

        Assert.Equal("full.md", Assert.Single(List()).File);
        Assert.Equal("Skipped large.txt: it is larger than 64 MB.", Assert.Single(_warnings));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void An_unreadable_subfolder_is_skipped_with_a_warning_and_may_contain_documents()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user can read every folder.");
        Write("full.md", "text");
        Write("closed/a.md", "text");
        File.SetUnixFileMode(_folder.File("closed"), UnixFileMode.None);

        var list = DocumentFolder.List(_folder.Path, _warnings.Add);
        File.SetUnixFileMode(_folder.File("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal("full.md", Assert.Single(list.Entries).File);
        Assert.StartsWith("Skipped the folder closed: ", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.True(list.MayContain(DocumentEntry.GetSource(list.Root, "closed/a.md")));
        Assert.False(list.MayContain(DocumentEntry.GetSource(list.Root, "closed.md")));
    }

    [Fact]
    public void A_folder_without_documents_gives_an_empty_list()
    {
        Write("program.cs", "text");

        Assert.Empty(List());
    }

    [Fact]
    public void A_missing_folder_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => DocumentFolder.List(_folder.File("missing"), _warnings.Add));

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<DocumentEntry> List() => DocumentFolder.List(_folder.Path, _warnings.Add).Entries;

    private void Write(string file, string text)
    {
        var path = _folder.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
