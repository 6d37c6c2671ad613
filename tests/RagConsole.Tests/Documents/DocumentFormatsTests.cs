using System.Text;
using RagConsole.Documents;

namespace RagConsole.Tests.Documents;

public sealed class DocumentFormatsTests
{
    [Fact]
    public void A_byte_order_mark_decides_the_encoding_and_is_not_part_of_the_text()
    {
        Encoding[] encodings =
        [
            Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode,
            Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        ];
        foreach (var encoding in encodings)
        {
            foreach (var file in new[] { "a.md", "a.html" })
            {
                var result = DocumentFormats.Read(file, [.. encoding.Preamble, .. encoding.GetBytes("grün 😀 Ω")]);

                Assert.Equal((file, "grün 😀 Ω", null), (file, result.Document?.Text, result.Remark));
            }
        }
    }

    [Theory]
    [InlineData("picture.txt")]
    [InlineData("picture.html")]
    public void A_binary_file_is_rejected(string file)
    {
        Assert.StartsWith("it is not a text file.", Reject(file, [0x89, 0x50, 0x4E, 0x47, 0, 0, 1]), StringComparison.Ordinal);
        Assert.StartsWith("it is not a text file.", Reject(file, [0x1F, 0x8B, 0x08, 0x08, 0xE9, 0x41]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", 0xEF, 0xBB, 0xBF, 0xE9, 0x20)]
    [InlineData("utf-16", 0xFF, 0xFE, 0x41, 0x00, 0x42)]
    [InlineData("utf-16", 0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00)]
    [InlineData("utf-32", 0xFF, 0xFE, 0x00, 0x00, 0x00, 0x00, 0x11, 0x00)]
    public void Bytes_that_contradict_the_byte_order_mark_are_rejected_with_the_encoding(string encoding, params int[] content) =>
        Assert.Equal(
            $"it is marked as {encoding} but contains other bytes. Save it as UTF-8.",
            Reject("a.txt", [.. content.Select(value => (byte)value)]));

    [Theory]
    [InlineData("caf\u00e9 \u201cna\u00efve\u201d 5 \u20ac", 5)]
    [InlineData("\u2013", 1)]
    public void Windows_1252_is_read_with_a_remark(string text, int bytes)
    {
        var content = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text);

        var result = DocumentFormats.Read("a.txt", content);

        Assert.Equal(text, result.Document!.Text);
        Assert.StartsWith($"{bytes} bytes are not UTF-8 and were read as Windows-1252.", result.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void One_damaged_byte_does_not_change_the_other_characters_of_a_UTF8_file()
    {
        var result = DocumentFormats.Read("a.md", [.. "größer "u8, 0xE9, .. " Ωμέγα \uFFFD"u8, 0xF0, 0x9F]);

        Assert.Equal("größer é Ωμέγα \uFFFDðŸ", result.Document!.Text);
        Assert.StartsWith("3 bytes are not UTF-8", result.Remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<meta charset=windows-1251><p>", 1251)]
    [InlineData("<head>\n<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=Shift_JIS'><p>", 932)]
    [InlineData("<?xml version='1.0' encoding=\"koi8-r\"?><p>", 20866)]
    [InlineData("<!-- <meta charset=utf-8> --><meta charset=\"KOI8-R\"><p>", 20866)]
    public void A_web_page_declares_its_encoding(string start, int codePage)
    {
        var text = codePage == 932 ? "雨量計" : "дождь";
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;

        var result = DocumentFormats.Read("a.html", [.. Encoding.ASCII.GetBytes(start), .. encoding.GetBytes(text)]);

        Assert.Equal((text, null), (result.Document?.Text, result.Remark));
    }

    [Theory]
    [InlineData("<meta charset=latin1>")]
    [InlineData("<meta charset=utf-8>")]
    [InlineData("<meta charset=nonsense>")]
    public void A_web_page_with_another_declaration_is_read_as_Windows_1252(string start) =>
        Assert.Equal("5 €", DocumentFormats.Read("a.htm", [.. Encoding.ASCII.GetBytes(start + "<p>5 "), 0x80]).Document!.Text);

    [Fact]
    public void A_web_page_with_bytes_outside_its_declared_encoding_is_rejected() =>
        Assert.Contains("shift_jis", Reject("a.html", [.. "<meta charset=shift_jis><p>"u8, 0x81, 0x0A]), StringComparison.Ordinal);

    [Theory]
    [InlineData("a.txt", " \n\t\r\n")]
    [InlineData("a.md", "\u200B\uFEFF\u00A0\u2028")]
    [InlineData("a.html", "<!DOCTYPE html><title>App</title><div id=root></div><script>render('text')</script>")]
    [InlineData("a.html", "<body hidden>text</body>")]
    [InlineData("a.html", "<!-- text -->")]
    [InlineData("a.html", "<frameset><frame src=a><noframes>text</noframes></frameset>")]
    [InlineData("a.html", "<noscript>Turn scripts on.</noscript>&nbsp;<img alt=x><style>p { }</style>")]
    public void A_file_without_visible_text_is_read_with_a_reason(string file, string text)
    {
        var result = DocumentFormats.Read(file, Encoding.UTF8.GetBytes(text));

        Assert.True(result.IsWithoutText);
        Assert.NotEmpty(result.Remark!);
    }

    [Fact]
    public void A_text_that_is_too_long_is_rejected()
    {
        Assert.NotNull(DocumentFormats.Read("a.txt", [.. Repeat("x\n", ReadResult.MaxCharacters / 2)]).Document);
        Assert.Equal(
            "it has more than 16,777,216 characters of text. Split it into smaller files.",
            Reject("a.txt", [.. Repeat("x\n", ReadResult.MaxCharacters / 2), (byte)'x']));
    }

    [Fact]
    public void A_word_that_is_data_is_shortened_with_a_remark_and_the_lines_stay()
    {
        var (tooLong, longest) = (Repeat("x", LongWords.MaxLength + 1), Repeat("y", LongWords.MaxLength));
        byte[] content = [.. "one\n"u8, .. tooLong, .. " two\n"u8, .. longest, .. "\nthree"u8];

        var text = DocumentFormats.Read("a.md", content);
        var page = DocumentFormats.Read("a.html", [.. "<pre>"u8, .. content]);

        var start = $"one\n{new string('x', 100)}… two\n{new string('y', LongWords.MaxLength)}\nthree";
        Assert.Equal((start, start), (text.Document!.Text, page.Document!.Text));
        Assert.Equal("words of more than 10,000 characters are probably data and were shortened: 1.", text.Remark);
        Assert.Equal([1, 2, 2, 3, 4], new[] { "one", "xxx", "two", "yyy", "three" }.Select(page.Document.LineOf));
    }

    private static byte[] Repeat(string text, int count) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, count)));

    private static string Reject(string file, byte[] content)
    {
        var result = DocumentFormats.Read(file, content);
        Assert.Null(result.Document);
        return result.Remark!;
    }
}
