using System.Diagnostics;
using System.Runtime.Versioning;
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
        Write("a/program.exe", "no");
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
        Shell("mkfifo pipe.md");

        Assert.Equal("full.md", Assert.Single(List()).File);
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
    public void Names_that_are_not_UTF8_are_reported_and_skipped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems reject such names.");
        Write("\ufffd.md", "text");
        Shell("""
            echo no > "$(printf '\377.md')"
            echo no > "$(printf 'caf\351.md')"
            mkdir "$(printf 'd\351')"
            echo no > "$(printf 'd\351')/a.md"
            """);

        var files = List();
        Shell("rm -r ./*");

        Assert.Equal("\ufffd.md", Assert.Single(files).File);
        const string Fault = "its name is not valid UTF-8, so it cannot be opened. Rename it.";
        Assert.Equal(
            [$"Skipped caf\ufffd.md: {Fault}", $"Skipped the folder d\ufffd: {Fault}", $"Skipped \ufffd.md: {Fault}"],
            _warnings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_backslash_in_a_name_is_not_a_folder_on_Linux()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A backslash separates folders on Windows.");
        Write(@"a\b.md", "one");
        Write("a/b.md", "two");

        Assert.Equal(["a/b.md", @"a\b.md"], List().Select(document => document.File));
        Assert.Equal(["two", "one"], List().Select(document => Encoding.UTF8.GetString(document.Read())));
    }

    [Fact]
    public void Names_with_control_characters_are_escaped_in_warnings()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows rejects such names.");
        Write("a\u001b[2J\nb.md", string.Empty);

        Assert.Empty(List());
        Assert.Equal(@"Skipped a\u001b[2J\u000ab.md: it is empty or not a regular file.", Assert.Single(_warnings));
    }

    [Fact]
    public void Roots_and_names_with_line_feeds_have_different_keys()
    {
        (string Root, string File)[] names =
        [
            ("/r", "x\ny.md"), ("/r\nx", "y.md"), ("/r", "\nx\ny.md"), ("/r\n", "x\ny.md"), ("/r/x", "y.md"), ("/r", "x/y.md"),
        ];

        Assert.Distinct(names.Select(name => DocumentEntry.GetSource(name.Root, name.File)));
    }

    [Fact]
    public void Ignore_files_exclude_and_include_files_below_their_folder()
    {
        Write(".gitignore", "*.txt\n/out/\n!keep.txt\nb.md\n");
        Write(".ragignore", "drafts/\n!b.md\n");
        Write("inner/.gitignore", "/a.md\n!inner.txt\r\n");
        string[] files =
        [
            "a.md", "a.txt", "keep.txt", "b.md", "out/a.md", "drafts/a.md",
            "inner/a.md", "inner/deep/a.md", "inner/inner.txt", "inner/out/a.md",
        ];
        foreach (var file in files)
        {
            Write(file, "text");
        }

        Assert.Equal(
            ["a.md", "b.md", "inner/deep/a.md", "inner/inner.txt", "inner/out/a.md", "keep.txt"], List().Select(document => document.File));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Ignore_files_above_count_up_to_the_root_of_the_repository()
    {
        Write(".gitignore", "outside.md\n");
        Write("repository/.git", "gitdir: elsewhere");
        Write("repository/.gitignore", "/docs/a.md\nb.md\n");
        Write("repository/.ragignore", "!b.md\n");
        foreach (var file in (string[])["outside.md", "a.md", "b.md", "docs/a.md"])
        {
            Write($"repository/docs/{file}", "text");
        }

        var list = DocumentFolder.List(_folder.File("repository/docs"), _warnings.Add);

        Assert.Equal(["b.md", "docs/a.md", "outside.md"], list.Entries.Select(document => document.File));
    }

    [Fact]
    public void Changed_files_are_listed_as_in_a_list_of_the_folder_and_a_changed_ignore_file_affects_others()
    {
        Write(".gitignore", "out/\n");
        Write("in/.ragignore", "b.md\n");
        string[] files = ["a.md", "out/a.md", "in/a.md", "in/b.md", "in/deep/b.md", ".hidden/a.md", "in/none.md"];
        foreach (var file in files.SkipLast(1))
        {
            Write(file, "text");
        }

        Assert.Equal(["a.md", "in/a.md"], List().Select(document => document.File));
        var changed = DocumentFolder.ListFiles(_folder.Path, files, _warnings.Add).Entries;
        Assert.Equal(["a.md", "in/a.md"], changed.Select(document => document.File));
        Assert.True(DocumentFolder.AffectsOthers("in/.ragignore") && DocumentFolder.AffectsOthers(".gitignore"));
        Assert.Equal(
            [false, false, true, true],
            new[] { ".gitignore", "in/.ragignore", ".git/.gitignore", ".env" }.Select(DocumentFolder.IsHidden));
    }

    [Fact]
    public void An_ignored_folder_that_is_passed_is_listed()
    {
        Write(".git", "gitdir: elsewhere");
        Write(".gitignore", "out/\n");
        Write("out/a.md", "text");

        Assert.Empty(List());
        Assert.Single(DocumentFolder.List(_folder.File("out"), _warnings.Add).Entries);
    }

    [Fact]
    public void An_ignore_file_that_is_not_a_file_has_no_patterns()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are not files on Windows.");
        Write("a.md", "text");
        Shell("mkfifo .gitignore; mkdir .ragignore");

        Assert.Single(List());
    }

    [Fact]
    public void Deep_folders_and_longPathpaths_are_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have lower limits.");
        var (deep, length) = (string.Join('/', Enumerable.Repeat("d", 1000)), 4000 - _folder.Path.Length - "/a.md/".Length);
        var longPath = string.Join('/', Enumerable.Repeat(new string('n', 200), length / 201));
        Write($"{deep}/a.md", "deep");
        Write($"{longPath}/a.md", "long");

        Assert.Equal(["deep", "long"], List().Select(document => Encoding.UTF8.GetString(document.Read())));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_folder_without_documents_gives_an_empty_list()
    {
        Write("program.exe", "text");

        Assert.Empty(List());
    }

    [Fact]
    public void A_missing_folder_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => DocumentFolder.List(_folder.File("missing"), _warnings.Add));

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<DocumentEntry> List() => DocumentFolder.List(_folder.Path, _warnings.Add).Entries;

    /// <summary>Runs a script in the folder, for files that .NET cannot create.</summary>
    private void Shell(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = _folder.Path })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    private void Write(string file, string text)
    {
        var path = _folder.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
