using System.Text;
using Jina.Extensions.AI.Tokenization.SentencePiece;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>SentencePiece's normaliser on UTF-16: replacements, space removal, dummy prefix, spaces as U+2581.</summary>
/// <remarks>
/// The library's own keeps characters that a rule deletes and cannot tell where in the original a token lies.
/// Reference: https://github.com/google/sentencepiece/blob/v0.1.97/src/normalizer.cc
/// </remarks>
internal sealed class TextNormalizer
{
    /// <summary>U+2581, which stands for a space in pieces.</summary>
    public const char Space = '\u2581';

    private readonly PrecompiledCharsmap _charsmap;
    private readonly bool _addDummyPrefix;
    private readonly bool _removeExtraSpaces;
    private readonly bool[] _keptAscii = new bool[0x80];

    public TextNormalizer(NormalizerSpec spec, PrecompiledCharsmap charsmap)
    {
        _charsmap = charsmap;
        _addDummyPrefix = spec.AddDummyPrefix;
        _removeExtraSpaces = spec.RemoveExtraWhitespaces;
        for (var value = '\0'; value < _keptAscii.Length; value++)
        {
            _keptAscii[value] = charsmap.KeepsAscii(value);
        }
    }

    /// <summary>
    /// Normalises a text. Having written <paramref name="softLimit"/> chars it stops before the next space that follows
    /// a word, if there is one, and marks the output as partial.
    /// </summary>
    /// <param name="text">Any UTF-16; a lone surrogate is read as U+FFFD.</param>
    /// <param name="origin">Added to positions in the text to give the origins noted in the output.</param>
    /// <param name="softLimit">The number of chars that suffice.</param>
    /// <param name="output">Empty; takes the result.</param>
    public void Normalize(ReadOnlySpan<char> text, int origin, int softLimit, ref NormalizedText output)
    {
        var position = _removeExtraSpaces ? SkipSpaces(text) : 0;
        if (position == text.Length)
        {
            return;
        }

        if (_addDummyPrefix)
        {
            output.Append(Space, origin + position);
        }

        Span<byte> scratch = stackalloc byte[4];
        var afterSpace = _removeExtraSpaces;
        while (position < text.Length)
        {
            if (IsKeptAscii(text, position))
            {
                var value = text[position];
                if (value != ' ')
                {
                    output.Append(value, origin + position);
                    afterSpace = false;
                }
                else if (!afterSpace)
                {
                    if (MayStop(softLimit, ref output))
                    {
                        output.StopAt(origin + position);
                        return;
                    }

                    output.Append(Space, origin + position);
                    afterSpace = _removeExtraSpaces;
                }

                position++;
                continue;
            }

            var consumed = Next(text[position..], scratch, out var replacement);
            if (output.Length >= softLimit && replacement.IndexOf((byte)' ') is >= 0 and var space)
            {
                afterSpace = Append(replacement[..space], afterSpace, origin + position, ref output);
                replacement = replacement[space..];
                if (MayStop(softLimit, ref output))
                {
                    output.StopAt(origin + position);
                    return;
                }
            }

            afterSpace = Append(replacement, afterSpace, origin + position, ref output);
            position += consumed;
        }

        output.EndAt(origin + text.Length);
        if (_removeExtraSpaces)
        {
            output.TrimEnd(Space);
        }
    }

    // The text up to here ends a word, so a space that follows is never trimmed away with it.
    private static bool MayStop(int softLimit, ref NormalizedText output) =>
        output.Length >= softLimit && output.Chars[^1] != Space;

    private int SkipSpaces(ReadOnlySpan<char> text)
    {
        Span<byte> scratch = stackalloc byte[4];
        var position = 0;
        while (position < text.Length)
        {
            var consumed = Next(text[position..], scratch, out var replacement);
            if (!replacement.SequenceEqual(" "u8))
            {
                break;
            }

            position += consumed;
        }

        return position;
    }

    // Rules are longest-first, and some begin with an ASCII letter and go on with a combining mark.
    private bool IsKeptAscii(ReadOnlySpan<char> text, int position) =>
        text[position] < 0x80 && _keptAscii[text[position]] && (position + 1 == text.Length || text[position + 1] < 0x80);

    /// <summary>Reads what the start of the text becomes; returns the number of chars it stands for.</summary>
    private int Next(ReadOnlySpan<char> text, Span<byte> scratch, out ReadOnlySpan<byte> utf8)
    {
        var consumed = _charsmap.Match(text, out utf8);
        if (consumed == 0)
        {
            Rune.DecodeFromUtf16(text, out var rune, out consumed);
            utf8 = scratch[..rune.EncodeToUtf8(scratch)];
        }

        return consumed;
    }

    /// <summary>Appends without the leading spaces that double an earlier one; returns whether a space now ends the text.</summary>
    private bool Append(scoped ReadOnlySpan<byte> utf8, bool afterSpace, int origin, ref NormalizedText output)
    {
        if (afterSpace)
        {
            utf8 = utf8.TrimStart((byte)' ');
        }

        if (utf8.IsEmpty)
        {
            return afterSpace;
        }

        var endsWithSpace = utf8[^1] == (byte)' ';
        Span<char> utf16 = stackalloc char[2];
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var consumed);
            foreach (var value in utf16[..rune.EncodeToUtf16(utf16)])
            {
                output.Append(value == ' ' ? Space : value, origin);
            }

            utf8 = utf8[consumed..];
        }

        return endsWithSpace && _removeExtraSpaces;
    }
}
