using Jina.Testing;

namespace Jina.Architecture.Tests;

public sealed class FileSizeTests
{
    [Fact]
    public void No_hand_written_file_is_longer_than_300_lines()
    {
        var tooLong = new[] { "src", "samples", "tests", "bench" }
            .SelectMany(folder => SourceFolders.Sources(RepositoryFiles.Path(folder)))
            .Select(file => (Name: Path.GetRelativePath(RepositoryFiles.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > 300);

        Assert.Empty(tooLong);
    }
}
