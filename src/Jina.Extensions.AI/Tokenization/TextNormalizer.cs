using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Jina.Extensions.AI.Tokenization.SentencePiece;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Normalizes UTF-16 as SentencePiece does: replacements, removal of extra spaces, dummy prefix, spaces as U+2581.</summary>
/// <remarks>
/// The normalizer of Microsoft.ML.Tokenizers keeps characters that a rule deletes, and does not report positions in the original text.
/// Reference: https://github.com/google/sentencepiece/blob/v0.1.97/src/normalizer.cc
/// </remarks>
internal sealed class TextNormalizer
{
    /// <summary>U+2581, which represents a space in pieces.</summary>
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

    /// <summary>Begins to normalize a text: skips leading spaces if the model removes them.</summary>
    public NormalizerPosition Begin(ReadOnlySpan<char> text) =>
        new(_removeExtraSpaces ? SkipSpaces(text) : 0, Skipped: 0, AfterSpace: _removeExtraSpaces, IsStart: true);

    /// <summary>Normalizes the next part of a text. The parts together equal the normalized text.</summary>
    /// <param name="text">Any UTF-16 text. A lone surrogate is read as U+FFFD.</param>
    /// <param name="from">The start of the part, which becomes its end.</param>
    /// <param name="origin">The position of the text in the original text.</param>
    /// <param name="softLimit">The number of chars after which the part ends before the next space that follows a word.</param>
    /// <param name="hardLimit">The number of chars after which the part ends within a word, or among spaces.</param>
    /// <param name="output">The empty buffer for the result.</param>
    public void Normalize(
        ReadOnlySpan<char> text, ref NormalizerPosition from, int origin, int softLimit, int hardLimit, ref NormalizedText output)
    {
        var (position, skipped, afterSpace, isStart) = from;
        if (position == text.Length)
        {
            return;
        }

        if (_addDummyPrefix && isStart)
        {
            output.Append(Space, origin + position);
        }

        Span<byte> scratch = stackalloc byte[4];
        while (position < text.Length && output.Length < hardLimit)
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
                        break;
                    }

                    output.Append(Space, origin + position);
                    afterSpace = _removeExtraSpaces;
                }

                position++;
                continue;
            }

            var consumed = Next(text[position..], scratch, out var replacement);
            replacement = replacement[skipped..];
            if (output.Length >= softLimit && replacement.IndexOf((byte)' ') is >= 0 and var space)
            {
                afterSpace = Append(replacement[..space], afterSpace, origin + position, ref output);
                replacement = replacement[space..];
                skipped += space;
                if (MayStop(softLimit, ref output))
                {
                    break;
                }
            }

            afterSpace = Append(replacement, afterSpace, origin + position, ref output);
            position += consumed;
            skipped = 0;
        }

        from = new NormalizerPosition(position, skipped, afterSpace, IsStart: false);
        output.EndAt(origin + position);
        if (_removeExtraSpaces && position == text.Length)
        {
            output.TrimEnd(Space);
        }
    }

    // The text ends with a word here, so the next space is not a trailing space that would be removed.
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

    // The longest rule applies, and some rules consist of an ASCII letter and a combining mark.
    private bool IsKeptAscii(ReadOnlySpan<char> text, int position) =>
        text[position] < 0x80 && _keptAscii[text[position]] && (position + 1 == text.Length || text[position + 1] < 0x80);

    /// <summary>Reads the replacement of the start of the text. Returns the number of chars that it replaces.</summary>
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

    /// <summary>Appends text without leading spaces if a space precedes them. Returns whether the text now ends with a space.</summary>
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

/// <summary>Represents a position in a text that is normalized in parts.</summary>
/// <param name="Index">The index of the next char of the text. At the end, it is the length of the text.</param>
/// <param name="Skipped">The number of bytes of that char's replacement that belong to the part before.</param>
/// <param name="AfterSpace">Whether further spaces are removed because the part before ends with one.</param>
/// <param name="IsStart">Whether the dummy prefix has yet to be added.</param>
internal readonly record struct NormalizerPosition(int Index, int Skipped, bool AfterSpace, bool IsStart);

/// <summary>Holds normalized UTF-16 in a pooled buffer, on request with the position of each char in the original text.</summary>
internal ref struct NormalizedText
{
    private char[] _chars;
    private int[]? _origins;

    public NormalizedText(int capacity, bool withOrigins)
    {
        _chars = ArrayPool<char>.Shared.Rent(capacity);
        _origins = withOrigins ? ArrayPool<int>.Shared.Rent(_chars.Length + 1) : null;
    }

    /// <summary>Gets the number of chars written.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the chars written.</summary>
    public readonly ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>Returns the start of a char in the original text, or the end of the text for <see cref="Length"/>.</summary>
    public readonly int OriginOf(int index) => _origins![index];

    /// <summary>Appends a char with its position in the original text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(char value, int origin)
    {
        if (Length == _chars.Length)
        {
            Grow();
        }

        _chars[Length] = value;
        if (_origins is not null)
        {
            _origins[Length] = origin;
        }

        Length++;
    }

    /// <summary>Sets the end of the last char in the original text.</summary>
    public readonly void EndAt(int origin)
    {
        if (_origins is not null)
        {
            _origins[Length] = origin;
        }
    }

    /// <summary>Removes all trailing occurrences of a char. The text then ends at the start of the first of them.</summary>
    public void TrimEnd(char value) => Length = Chars.TrimEnd(value).Length;

    /// <summary>Removes all chars, so that the buffer can be used again.</summary>
    public void Clear() => Length = 0;

    public readonly void Dispose()
    {
        ArrayPool<char>.Shared.Return(_chars);
        if (_origins is not null)
        {
            ArrayPool<int>.Shared.Return(_origins);
        }
    }

    private void Grow()
    {
        Replace(ref _chars, checked(Length * 2), Length);
        if (_origins is not null)
        {
            Replace(ref _origins, _chars.Length + 1, Length);
        }
    }

    private static void Replace<T>(ref T[] array, int capacity, int length)
    {
        var larger = ArrayPool<T>.Shared.Rent(capacity);
        array.AsSpan(0, length).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
