using System.Buffers.Binary;
using System.Text;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>
/// Represents the replacements of a SentencePiece normalizer: a darts-clone double-array trie over UTF-8 keys, whose values are
/// positions of NUL-terminated UTF-8 strings.
/// </summary>
/// <remarks>Format: https://github.com/s-yata/darts-clone/blob/master/include/darts.h</remarks>
internal sealed class PrecompiledCharsmap
{
    /// <summary>
    /// The most bytes of a replacement. The longest one of Unicode's normalization forms has 33 (U+FDFA, 18 chars). The limit bounds the
    /// memory that a short text can take.
    /// </summary>
    public const int MaximumReplacement = 128;

    /// <summary>
    /// The most chars of a key. The longest one of T5 has 5. A damaged trie can have circles, in which a search would read the whole text
    /// at every position.
    /// </summary>
    private const int MaximumKey = 32;

    private readonly uint[] _units;
    private readonly byte[] _strings;

    private PrecompiledCharsmap(uint[] units, byte[] strings)
    {
        _units = units;
        _strings = strings;
    }

    /// <summary>
    /// Reads the table. Returns <see langword="null"/> if it is damaged or a replacement is too long. An empty table has no replacements.
    /// </summary>
    public static PrecompiledCharsmap? TryRead(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty)
        {
            return new PrecompiledCharsmap([], []);
        }

        if (blob.Length < sizeof(uint))
        {
            return null;
        }

        var trieSize = BinaryPrimitives.ReadUInt32LittleEndian(blob);
        var rest = blob[sizeof(uint)..];
        if (trieSize == 0 || trieSize % sizeof(uint) != 0 || trieSize >= (uint)rest.Length || rest[^1] != 0)
        {
            return null;
        }

        var strings = rest[(int)trieSize..];
        for (var start = 0; start < strings.Length;)
        {
            var length = strings[start..].IndexOf((byte)0);
            if (length > MaximumReplacement)
            {
                return null;
            }

            start += length + 1;
        }

        var units = new uint[trieSize / sizeof(uint)];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(rest[(i * sizeof(uint))..]);
        }

        return new PrecompiledCharsmap(units, strings.ToArray());
    }

    /// <summary>Finds the longest rule at the start of the text. Returns the number of chars that it replaces, or 0.</summary>
    /// <param name="text">Any UTF-16 text. A lone surrogate is read as U+FFFD.</param>
    /// <param name="replacement">The replacement in UTF-8. It is empty if the rule deletes the chars.</param>
    public int Match(ReadOnlySpan<char> text, out ReadOnlySpan<byte> replacement)
    {
        replacement = default;
        var matched = 0;
        text = text[..Math.Min(text.Length, MaximumKey)];
        if (_units.Length == 0)
        {
            return matched;
        }

        Span<byte> utf8 = stackalloc byte[4];
        var node = ChildrenOf(0, _units[0]);
        var position = 0;
        while (position < text.Length)
        {
            Rune.DecodeFromUtf16(text[position..], out var rune, out var consumed);
            position += consumed;
            var unit = 0u;
            foreach (var label in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (!TryStep(ref node, label, out unit))
                {
                    return matched;
                }
            }

            if (HasValue(unit) && TryGetString(node, out var found))
            {
                matched = position;
                replacement = found;
            }
        }

        return matched;
    }

    /// <summary>Determines whether an ASCII char that is followed by another one is never replaced.</summary>
    public bool KeepsAscii(char value)
    {
        if (_units.Length == 0)
        {
            return true;
        }

        var node = ChildrenOf(0, _units[0]);
        if (!TryStep(ref node, (byte)value, out var unit))
        {
            return true;
        }

        for (var next = 1; next < 0x80; next++)
        {
            var child = node;
            if (TryStep(ref child, (byte)next, out _))
            {
                return false;
            }
        }

        return !HasValue(unit);
    }

    private static uint ChildrenOf(uint node, uint unit) => node ^ ((unit >> 10) << (int)((unit & (1u << 9)) >> 6));

    private static bool HasValue(uint unit) => ((unit >> 8) & 1) == 1;

    private bool TryStep(ref uint node, byte label, out uint unit)
    {
        node ^= label;
        unit = node < (uint)_units.Length ? _units[node] : 0x8000_0000;
        if ((unit & 0x8000_00FF) != label)
        {
            return false;
        }

        node = ChildrenOf(node, unit);
        return true;
    }

    private bool TryGetString(uint node, out ReadOnlySpan<byte> value)
    {
        var start = node < (uint)_units.Length ? _units[node] & 0x7FFF_FFFF : uint.MaxValue;
        if (start >= (uint)_strings.Length)
        {
            value = default;
            return false;
        }

        var tail = _strings.AsSpan((int)start);
        value = tail[..tail.IndexOf((byte)0)];
        return true;
    }
}
