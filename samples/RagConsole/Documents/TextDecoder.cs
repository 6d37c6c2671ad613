using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace RagConsole.Documents;

/// <summary>Represents the text of a file, or the reason why its bytes are not text.</summary>
/// <param name="Text">The text. If null, the bytes are not text.</param>
/// <param name="Remark">The reason, or a remark about the encoding.</param>
internal readonly record struct DecodedText(string? Text, string? Remark = null);

/// <summary>Converts bytes to text. Bytes without a known encoding are reported and never replaced silently.</summary>
internal static class TextDecoder
{
    private const string NotText = "it is not a text file. If it is UTF-16 text, save it with a byte order mark or as UTF-8.";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The encodings with a byte order mark. UTF-32 is first, because its mark starts with the one of UTF-16.</summary>
    private static readonly Encoding[] Marked =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>The control characters that text files do not contain, as in the WHATWG's rules for binary data.</summary>
    private static readonly SearchValues<byte> BinaryBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 9).Select(value => (byte)value), .. Enumerable.Range(14, 12).Select(value => (byte)value), 28, 29, 30, 31]);

    /// <summary>Decodes by the byte order mark, or else by the declared encoding, or else as UTF-8 with a fallback.</summary>
    public static DecodedText Decode(ReadOnlySpan<byte> content, Encoding? declared = null)
    {
        foreach (var encoding in Marked)
        {
            if (content.StartsWith(encoding.Preamble))
            {
                return DecodeStrictly(content[encoding.Preamble.Length..], encoding);
            }
        }

        return declared is null or UTF8Encoding or UnicodeEncoding ? DecodeUtf8(content) : DecodeStrictly(content, declared);
    }

    private static DecodedText DecodeStrictly(ReadOnlySpan<byte> content, Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            return RejectBinary(strict.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            return new(null, $"it is marked as {encoding.WebName} but contains other bytes. Save it as UTF-8.");
        }
    }

    /// <summary>Decodes UTF-8. Each byte that is not UTF-8 is decoded as Windows-1252, which also repairs mixed files.</summary>
    private static DecodedText DecodeUtf8(ReadOnlySpan<byte> content)
    {
        var chars = new char[content.Length];
        var (length, others) = (0, 0);
        var rest = content;
        while (true)
        {
            var status = Utf8.ToUtf16(rest, chars.AsSpan(length), out var read, out var written, replaceInvalidSequences: false);
            length += written;
            rest = rest[read..];
            if (status == OperationStatus.Done)
            {
                break;
            }

            length += Windows1252.GetChars(rest[..1], chars.AsSpan(length));
            rest = rest[1..];
            others++;
        }

        if (others == 0)
        {
            return RejectBinary(new string(chars, 0, length));
        }

        var remark = string.Create(
            CultureInfo.InvariantCulture,
            $"{others:N0} bytes are not UTF-8 and were read as Windows-1252. If that is wrong, save the file as UTF-8.");
        return content.ContainsAny(BinaryBytes) ? new(null, NotText) : RejectBinary(new string(chars, 0, length), remark);
    }

    private static DecodedText RejectBinary(string text, string? remark = null) =>
        text.Contains('\0') ? new(null, NotText) : new(text, remark);
}
