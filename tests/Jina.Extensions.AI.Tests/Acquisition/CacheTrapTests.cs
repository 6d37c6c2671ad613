using System.Diagnostics;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

/// <summary>Tests links, pipes and folders in place of the files and folders that the cache has.</summary>
/// <remarks>The contents outside the cache must never change, and nothing may wait forever.</remarks>
public class CacheTrapTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("link")]
    [InlineData("dangling link")]
    [InlineData("link to a folder")]
    [InlineData("pipe")]
    public async Task Anything_in_place_of_a_partial_file_is_replaced(string kind)
    {
        await using var fixture = await StartAsync();
        var weights = fixture.Hub.Weights;
        var victim = fixture.Folder.File("victim");
        await File.WriteAllBytesAsync(victim, weights.Content[..100_000], TestContext.Current.CancellationToken);
        Place(kind, PartialPath(fixture), fixture);

        await fixture.ResolveAsync().WaitAsync(Guard, TestContext.Current.CancellationToken);

        fixture.AssertComplete();
        Assert.Equal(100_000, new FileInfo(victim).Length);
        Assert.False(File.Exists(fixture.Folder.File("none")));
        Assert.Null(new FileInfo(Path.Combine(fixture.CommitFolder, weights.Path)).LinkTarget);
    }

    [Fact]
    public async Task A_folder_in_place_of_a_partial_file_is_an_error_that_names_it()
    {
        await using var fixture = await StartAsync();
        Directory.CreateDirectory(Path.Combine(PartialPath(fixture), "sub"));
        var error = await fixture.FailAsync().WaitAsync(Guard, TestContext.Current.CancellationToken);
        Assert.Equal(
            $"{PartialPath(fixture)}: This is a directory. A file of a download is expected. Delete the directory.", error.Message);
        fixture.AssertNothingUsable();
    }

    [Theory]
    [InlineData("link", "This is a symbolic link")]
    [InlineData("dangling link", "This is a symbolic link")]
    [InlineData("pipe", "This is a pipe or a device")]
    [InlineData("folder", "This is a directory")]
    public async Task Anything_in_place_of_the_lock_is_an_error_that_names_it(string kind, string found)
    {
        await using var fixture = await StartAsync();
        var file = Path.Combine(fixture.RepositoryFolder, ".lock");
        Place(kind, file, fixture);

        var error = await fixture.FailAsync().WaitAsync(Guard, TestContext.Current.CancellationToken);

        Assert.StartsWith($"{file}: {found}", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(fixture.Folder.File("none")));
    }

    [Theory]
    [InlineData("incomplete")]
    [InlineData("refs")]
    [InlineData(LocalHub.Commit)]
    [InlineData(LocalHub.Commit + "/1_Pooling")]
    public async Task A_link_in_place_of_a_folder_of_a_repository_is_an_error_that_names_it(string folder)
    {
        await using var fixture = await StartAsync();
        var path = Path.Combine(fixture.RepositoryFolder, folder);
        Place("link to a folder", path, fixture);

        var error = await fixture.FailAsync().WaitAsync(Guard, TestContext.Current.CancellationToken);

        Assert.StartsWith($"{path}: This is a symbolic link (to ", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(fixture.Folder.File("elsewhere")));
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_cache_folder_can_be_a_link()
    {
        await using var fixture = await StartAsync();
        Place("link to a folder", fixture.Cache, fixture);
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        await fixture.ResolveAsync();
    }

    [Theory]
    [InlineData("refs/main", "pipe")]
    [InlineData("refs/main", "link to a pipe")]
    [InlineData("refs/main", "circle")]
    [InlineData("refs/main", "huge")]
    [InlineData(LocalHub.Commit + "/jina-manifest.json", "pipe")]
    [InlineData(LocalHub.Commit + "/jina-manifest.json", "link to a pipe")]
    [InlineData(LocalHub.Commit + "/jina-manifest.json", "huge")]
    [InlineData(LocalHub.Commit + "/pytorch_model.bin", "pipe")]
    [InlineData(LocalHub.Commit + "/config.json", "link")]
    public async Task Anything_in_place_of_a_finished_file_is_replaced(string path, string kind)
    {
        await using var fixture = await StartAsync();
        await fixture.ResolveAsync();
        var file = Path.Combine(fixture.RepositoryFolder, path);
        File.Delete(file);
        Place(kind, file, fixture);

        await fixture.ResolveAsync().WaitAsync(Guard, TestContext.Current.CancellationToken);

        fixture.AssertComplete();
        Assert.Null(new FileInfo(file).LinkTarget);
        Assert.Equal("victim", await File.ReadAllTextAsync(fixture.Folder.File("victim"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Pipes_in_the_Hugging_Face_cache_are_ignored()
    {
        await using var fixture = await StartAsync();
        var repository = Path.Combine(fixture.HuggingFaceCache, "models--org--model");
        Place("pipe", Path.Combine(repository, "refs", "main"), fixture);
        Place("pipe", Path.Combine(repository, "blobs", fixture.Hub.Weights.Digest), fixture);
        foreach (var file in fixture.Hub.Files)
        {
            Place("pipe", Path.Combine(repository, "snapshots", LocalHub.Commit, file.Path), fixture);
        }

        await fixture.ResolveAsync().WaitAsync(Guard, TestContext.Current.CancellationToken);

        fixture.AssertComplete();
    }

    [Fact]
    public async Task Prune_and_list_do_not_follow_links()
    {
        await using var fixture = await StartAsync();
        await fixture.ResolveAsync();
        var outside = Directory.CreateDirectory(fixture.Folder.File("elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "jina-manifest.json"), "{}", TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(fixture.RepositoryFolder, new string('a', 40)), outside);
        Directory.CreateSymbolicLink(Path.Combine(fixture.CommitFolder, "circle"), fixture.RepositoryFolder);

        Assert.True(fixture.Store().List().Sum(entry => entry.Bytes) < 2 * fixture.Hub.Files.Sum(file => file.Content.Length));
        fixture.Store().Prune();

        Assert.True(File.Exists(Path.Combine(outside, "jina-manifest.json")));
        fixture.AssertComplete();
    }

    private static async Task<HubFixture> StartAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs pipes in the file system, and links without extra rights.");
        var fixture = await HubFixture.StartAsync();
        await File.WriteAllTextAsync(fixture.Folder.File("victim"), "victim");
        return fixture;
    }

    private static string PartialPath(HubFixture fixture) =>
        Path.Combine(fixture.RepositoryFolder, "incomplete", $"pytorch_model.bin.{fixture.Hub.Weights.Digest}.incomplete");

    private static void Place(string kind, string path, HubFixture fixture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(path, fixture.Folder.File("victim"));
                break;
            case "dangling link":
                File.CreateSymbolicLink(path, fixture.Folder.File("none"));
                break;
            case "circle":
                File.CreateSymbolicLink(path, path);
                break;
            case "link to a folder":
                File.CreateSymbolicLink(path, Directory.CreateDirectory(fixture.Folder.File("elsewhere")).FullName);
                break;
            case "link to a pipe":
                MakePipe(fixture.Folder.File("pipe"));
                File.CreateSymbolicLink(path, fixture.Folder.File("pipe"));
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "huge":
                using (var file = File.Create(path))
                {
                    file.SetLength(1L << 32);
                }

                break;
            default:
                MakePipe(path);
                break;
        }
    }

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
