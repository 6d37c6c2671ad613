using System.Text;
using RagConsole.Documents;

namespace RagConsole.Tests.Documents;

public sealed class DocumentReaderTests : IDisposable
{
    private static readonly byte[] Page = "<title>Rain</title>\n<p>Empty\nthe funnel."u8.ToArray();

    /// <summary>A generous limit, because a machine that runs tests can be busy.</summary>
    private readonly DocumentReader _reader = new(TimeSpan.FromMinutes(10));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_from_the_child_process_equals_one_that_is_read_directly()
    {
        foreach (var (file, content) in new[] { ("a.html", Page), ("b.HTM", "<p>5 € 😀"u8.ToArray()), ("c.html", [0, 1]), ("d.html", []) })
        {
            var (expected, result) = (DocumentFormats.Read(file, content), await _reader.ReadAsync(file, content, Token));

            Assert.Equal((expected.Document?.Text, expected.Remark), (result.Document?.Text, result.Remark));
            Assert.Equal(expected.Document?.Title, result.Document?.Title);
            Assert.Equal(expected.Document?.Sources, result.Document?.Sources);
        }
    }

    [Fact]
    public async Task A_document_that_takes_too_long_is_rejected_and_the_next_one_is_read()
    {
        using var reader = new DocumentReader(TimeSpan.FromSeconds(10));

        var result = await reader.ReadAsync("a.pdf", PdfBombs.CreateNestedForms(), Token);

        Assert.Equal("reading it takes more than 10 seconds. Save it in another format or in smaller files.", result.Remark);
        await ReadsTheNextAsync(reader);
    }

    [Fact]
    public async Task A_document_that_takes_too_much_memory_is_rejected_and_the_next_one_is_read()
    {
        var result = await _reader.ReadAsync("a.pdf", PdfBombs.CreateCompressedTwice(), Token);

        Assert.Equal(DocumentReader.TooMuchMemory, result.Remark);
        await ReadsTheNextAsync(_reader);
    }

    [Fact]
    public async Task Elements_that_are_nested_too_deeply_are_rejected()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 300_000)));

        Assert.Equal("its elements are nested more than 512 levels deep.", (await _reader.ReadAsync("a.html", content, Token)).Remark);
        await ReadsTheNextAsync(_reader);
    }

    [Fact]
    public async Task A_damaged_PDF_is_rejected_with_a_short_message()
    {
        var result = await _reader.ReadAsync("a.pdf", "%PDF-1.7\ntrailer << /Root 1 0 R >>"u8.ToArray(), Token);

        Assert.Null(result.Document);
        Assert.InRange(result.Remark!.Length, 1, 203);
    }

    [Fact]
    public async Task Cancellation_ends_the_child_process()
    {
        using var cancellation = new CancellationTokenSource();
        var reading = _reader.ReadAsync("a.pdf", PdfBombs.CreateNestedForms(), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await ReadsTheNextAsync(_reader);
    }

    public void Dispose() => _reader.Dispose();

    private static async Task ReadsTheNextAsync(DocumentReader reader) =>
        Assert.Equal("# Rain\n\nEmpty the funnel.", (await reader.ReadAsync("b.html", Page, Token)).Document?.Text);
}
