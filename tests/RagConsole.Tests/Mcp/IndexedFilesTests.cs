using Jina.Testing;
using RagConsole.Documents;
using RagConsole.Mcp;
using RagConsole.Passages;

namespace RagConsole.Tests.Mcp;

public sealed class IndexedFilesTests
{
    [Fact]
    public void A_file_is_located_until_it_or_its_folder_becomes_a_link()
    {
        using var docs = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        Directory.CreateDirectory(docs.File("more"));
        File.WriteAllText(docs.File("more", "rain.md"), "rain");
        File.WriteAllText(outside.File("rain.md"), "secret");
        var file = new IngestedFile { Root = docs.Path, Source = DocumentEntry.GetSource(docs.Path, "more/rain.md") };
        Assert.Equal(docs.File("more", "rain.md"), IndexedFiles.Locate(file));

        File.Delete(docs.File("more", "rain.md"));
        AssertRejected("no longer exists", file);

        File.CreateSymbolicLink(docs.File("more", "rain.md"), outside.File("rain.md"));
        AssertRejected("is now a link", file);

        Directory.Delete(docs.File("more"), recursive: true);
        Directory.CreateSymbolicLink(docs.File("more"), outside.Path);
        AssertRejected("is now a link", file);
    }

    [Fact]
    public void A_document_of_a_data_set_is_not_a_file()
    {
        var file = new IngestedFile { Root = "scifact", Source = DocumentEntry.GetSource("scifact", "1") };

        AssertRejected("is not a file", file);
    }

    private static void AssertRejected(string message, IngestedFile file) =>
        Assert.Contains(message, Assert.Throws<ToolException>(() => IndexedFiles.Locate(file)).Message, StringComparison.Ordinal);
}
