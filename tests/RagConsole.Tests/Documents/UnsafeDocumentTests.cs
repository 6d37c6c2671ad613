using System.Buffers.Binary;
using System.Text;
using RagConsole.Documents;
using RagConsole.Tests.Documents.Books;
using RagConsole.Tests.Documents.Office;

namespace RagConsole.Tests.Documents;

/// <summary>Represents a reader with a generous limit, because a machine that runs tests can be busy.</summary>
public sealed class PatientReader : IDisposable
{
    internal DocumentReader Reader { get; } = new(TimeSpan.FromMinutes(10));

    public void Dispose() => Reader.Dispose();
}

/// <summary>Tests files that are damaged, or made to take much time or memory. Each gives one line, and the next file is read.</summary>
public sealed class UnsafeDocumentTests(PatientReader patient) : IClassFixture<PatientReader>
{
    private static readonly byte[] Word = OfficeFile.CreateWord(OfficeFile.Paragraph("Empty the funnel."));

    [Theory]
    [InlineData("a.docx", "it is not a Word document. Expected a ZIP archive.")]
    [InlineData("a.pptx", "it is not a PowerPoint presentation. Expected a ZIP archive.")]
    [InlineData("a.epub", "it is not an EPUB book. Expected a ZIP archive.")]
    [InlineData("a.eml", "it is not a mail message.")]
    [InlineData("a.mbox", "it is not a mailbox.")]
    public async Task A_file_of_another_kind_is_rejected(string file, string reason)
    {
        await RejectsAsync(file, "only text"u8.ToArray(), reason);
        await RejectsAsync(file, [0], reason);
    }

    [Fact]
    public async Task An_archive_of_another_kind_is_rejected()
    {
        var (slides, book, zip) = (OfficeFile.CreatePowerPoint(), EpubFile.Create(["<p>a"]), ZipFile.Create([("a.txt", "a")]));

        await RejectsAsync("a.docx", slides, "it is not a Word document. Found another file of Office.");
        await RejectsAsync("a.docx", book, "it is not a Word document. Found another ZIP archive.");
        await RejectsAsync("a.docx", zip, "it is not a Word document. Found another ZIP archive.");
        await RejectsAsync("a.pptx", Word, "it is not a PowerPoint presentation. Found another file of Office.");
        await RejectsAsync("a.epub", Word, "it is not an EPUB book. The archive does not contain META-INF/container.xml.");
    }

    [Fact]
    public async Task Encrypted_files_are_rejected()
    {
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        var encrypted = (byte[])Word.Clone();
        Set(encrypted, "word/document.xml"u8, -38, 1);

        await RejectsAsync("a.docx", [.. compound, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "it is encrypted.");
        await RejectsAsync("a.pptx", compound, "it is not a PowerPoint presentation, but a file of an older version of Office.");
        await RejectsAsync("a.docx", encrypted, "it is encrypted.");
    }

    [Fact]
    public async Task Damaged_files_are_rejected()
    {
        var lying = (byte[])Word.Clone();
        Set(lying, "word/document.xml"u8, -22, 10);

        await RejectsAsync("a.docx", Word[..(Word.Length / 2)], "it is a damaged or incomplete ZIP archive.");
        await RejectsAsync("a.docx", lying, "it is damaged, ");
        await RejectsAsync("a.docx", OfficeFile.CreateWordRoot("<w:document"), "it is damaged, ");
        await RejectsAsync("a.epub", EpubFile.CreateFromPackage("<package>"), "it is damaged, ");
    }

    [Fact]
    public async Task Archives_that_unpack_to_very_much_are_rejected()
    {
        var many = ZipFile.Create([("[Content_Types].xml", ""), .. Enumerable.Range(0, 20_000).Select(number => ($"{number}", ""))]);
        var large = (byte[])Word.Clone();
        Set(large, "word/document.xml"u8, -22, int.MaxValue);

        await RejectsAsync("a.docx", many, "it contains 20,001 files. Expected at most 20,000.");
        await RejectsAsync("a.docx", large, "its content unpacks to more than 1,024 MB.");
    }

    [Fact]
    public async Task Entities_are_never_expanded()
    {
        const string Declaration = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>";

        await RejectsAsync("a.docx", OfficeFile.CreateWordRoot($"{Declaration}<a>&b;&f;</a>"), "its XML declares entities");
        await RejectsAsync("a.epub", EpubFile.CreateFromPackage($"{Declaration}<package>&b;</package>"), "it is damaged, ");
    }

    [Fact]
    public async Task Elements_that_are_nested_too_deeply_are_rejected()
    {
        const int Depth = 20_000;
        const string Reason = "its elements are nested more than 512 levels deep.";
        var body = Repeat("<w:sdt><w:sdtContent>", Depth) + Repeat("</w:sdtContent></w:sdt>", Depth);
        var groups = Repeat("<p:grpSp>", Depth) + Repeat("</p:grpSp>", Depth);

        await RejectsAsync("a.docx", OfficeFile.CreateWord(body), Reason);
        await RejectsAsync("a.pptx", OfficeFile.CreatePowerPoint((groups, null, false)), Reason);
        await RejectsAsync("a.epub", EpubFile.CreateFromPackage(Repeat("<a>", Depth) + Repeat("</a>", Depth)), Reason);
        await RejectsAsync("a.epub", EpubFile.Create([Repeat("<div>", Depth)]), Reason);
    }

    [Fact]
    public async Task Messages_that_are_nested_too_deeply_are_read_to_a_limit()
    {
        var nested = Repeat("Subject: m\nContent-Type: message/rfc822\n\n", 10_000);
        var parts = "Subject: m\n" + string.Concat(
            Enumerable.Range(0, 10_000).Select(number => $"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n"));

        var (message, multipart) = (await ReadAsync("a.eml", nested), await ReadAsync("a.eml", parts));

        Assert.StartsWith("# m\n\n## m\n\n### m", message.Document!.Text, StringComparison.Ordinal);
        Assert.StartsWith("# m", multipart.Document!.Text, StringComparison.Ordinal);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    /// <summary>Changes a field of the directory of an archive, at an offset from the last occurrence of a name.</summary>
    private static void Set(byte[] archive, ReadOnlySpan<byte> name, int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(archive.AsSpan(archive.AsSpan().LastIndexOf(name) + offset), value);

    private Task<ReadResult> ReadAsync(string file, string text) =>
        patient.Reader.ReadAsync(file, Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    private async Task RejectsAsync(string file, byte[] content, string reason)
    {
        var result = await patient.Reader.ReadAsync(file, content, TestContext.Current.CancellationToken);

        Assert.Null(result.Document);
        Assert.StartsWith(reason, result.Remark, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.Remark!);
        Assert.InRange(result.Remark!.Length, 1, 300);
        var next = await patient.Reader.ReadAsync("b.docx", Word, TestContext.Current.CancellationToken);
        Assert.Equal("Empty the funnel.", next.Document?.Text);
    }
}
