using System.Text;
using CsCheck;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Tests.Input;

public sealed class LineReaderTests
{
    private static readonly string[] Samples = ["", "a", "é\r", "日本語 text", "🎉"];

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\nb", "a", "b")]
    [InlineData("a\r\nb\r\n", "a", "b")]
    [InlineData("\n\na\n", "", "", "a")]
    [InlineData("\uFEFFa\n\uFEFFb", "a", "\uFEFFb")]
    [InlineData("\uFEFF\na", "", "a")]
    [InlineData("a\rb\u2028c\n", "a\rb\u2028c")]
    public async Task A_line_ends_with_LF_or_CRLF_or_the_stream(string input, params string[] expected) =>
        Assert.Equal(expected, await ReadAllAsync(Encoding.UTF8.GetBytes(input), 1));

    [Fact]
    public async Task Invalid_UTF8_becomes_replacement_characters() =>
        Assert.Equal(["caf\uFFFD"], await ReadAllAsync([(byte)'c', (byte)'a', (byte)'f', 0xE9], 16));

    [Theory]
    [InlineData("")]
    [InlineData("a\nb", "a", "b")]
    [InlineData("é日🎉\r\n\n", "é日🎉", "")]
    public async Task UTF16_with_a_byte_order_mark_is_converted(string input, params string[] expected)
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(input)];
            Assert.Equal(expected, await ReadAllAsync(bytes, 1));
            Assert.Equal(expected, await ReadAllAsync(bytes, 10_000));
        }
    }

    [Fact]
    public async Task Half_of_a_UTF16_character_becomes_a_replacement_character() =>
        Assert.Equal(["a\uFFFD"], await ReadAllAsync([0xFF, 0xFE, (byte)'a', 0, (byte)'b'], 2));

    [Fact]
    public async Task A_long_UTF16_text_is_read_completely()
    {
        var line = string.Concat(Enumerable.Repeat("日本🎉", 40_000));
        Assert.Equal([line, "y"], await ReadAllAsync([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(line + "\ny")], 10_000));
    }

    [Fact]
    public async Task An_empty_first_line_is_returned_before_more_bytes_arrive()
    {
        using var reader = new LineReader(new TricklingStream("\nlater"u8.ToArray(), 1));

        await reader.FillAsync(TestContext.Current.CancellationToken);

        Assert.True(reader.TryRead(out var line));
        Assert.Equal("", line);
        Assert.Equal(1, reader.Position);
    }

    [Fact]
    public async Task A_line_longer_than_the_buffer_is_read_completely()
    {
        var line = new string('x', 300_000);
        Assert.Equal([line, "y"], await ReadAllAsync(Encoding.UTF8.GetBytes(line + "\ny"), 10_000));
    }

    [Fact]
    public void The_lines_do_not_depend_on_the_blocks_of_bytes() =>
        Gen.Select(Gen.Int[0, Samples.Length - 1].Select(i => Samples[i]).Array[1, 20], Gen.Int[1, 7]).Sample((lines, piece) =>
            ReadAllAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), piece).Result
                .SequenceEqual(lines.Select(line => line.TrimEnd('\r'))));

    private static async Task<List<string>> ReadAllAsync(byte[] bytes, int piece)
    {
        using var reader = new LineReader(new TricklingStream(bytes, piece));
        var lines = new List<string>();
        do
        {
            while (reader.TryRead(out var line))
            {
                lines.Add(line);
            }
        }
        while (await reader.FillAsync(TestContext.Current.CancellationToken));
        Assert.Equal(lines.Count, reader.Count);
        return lines;
    }
}
