using System.Text.Json;
using Jina.Testing;
using RagConsole.Tests.Documents.Books;
using RagConsole.Tests.Documents.Office;

namespace RagConsole.Tests.Commands;

public sealed class FolderOfFormatsTests : IDisposable
{
    private readonly TemporaryFolder _docs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Files_of_all_formats_are_cited_with_their_places_until_they_are_ignored()
    {
        await WriteAsync("plan.docx", OfficeFile.CreateWord(OfficeFile.Paragraph("The plan for rain.")));
        await WriteAsync("talk.pptx", OfficeFile.CreatePowerPoint((OfficeFile.Shape("title", "Talk about rain"), null, false)));
        await WriteAsync("book.epub", EpubFile.Create(["<h1>Rain</h1><p>A book."]));
        await WriteAsync("box.mbox", "From a Sun Nov 29 12:00:00 2026\nSubject: Rain\n\nA mail about rain.\n"u8.ToArray());
        await WriteAsync("rain.py", "def rain():\n    return 1\n"u8.ToArray());
        await WriteAsync("bad.docx", "rain"u8.ToArray());

        var first = await IngestAsync();
        var answer = await RagProcess.RunAsync(["ask", "rain", "--db", _folder.File("rag.db"), "--top", "10", "--hybrid"]);
        await WriteAsync(".gitignore", "*.docx\nbook.epub\n"u8.ToArray());
        var second = await IngestAsync();

        foreach (var place in (string[])
            ["plan.docx, paragraph 1", "talk.pptx, slide 1", "book.epub, chapter 2", "box.mbox, message 1", "rain.py:1-2"])
        {
            Assert.Contains(place, answer.Output, StringComparison.Ordinal);
        }

        Assert.Equal((6, 5, 0, 1), first);
        Assert.Equal((3, 0, 2, 0), second);
    }

    public void Dispose()
    {
        _docs.Dispose();
        _folder.Dispose();
    }

    private Task WriteAsync(string name, byte[] content) =>
        File.WriteAllBytesAsync(_docs.File(name), content, TestContext.Current.CancellationToken);

    private async Task<(int Files, int Embedded, int Removed, int Skipped)> IngestAsync()
    {
        var run = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", _folder.File("rag.db"), "--model", "demo", "--json"]);
        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        return (Get("files"), Get("embedded"), Get("removed"), Get("skipped"));

        int Get(string name) => json.RootElement.GetProperty(name).GetInt32();
    }
}
