using System.Globalization;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Finds T5's special tokens in a text.</summary>
internal sealed class SpecialTokens
{
    private const string ExtraIdPrefix = "<extra_id_";

    private readonly (string Text, int Id)[] _named;
    private readonly int _extraIds;
    private readonly int _firstExtraId;

    public SpecialTokens(int padId, int endId, int unknownId, int firstExtraId, int extraIds)
    {
        (string Text, int Id)[] named = [("<pad>", padId), ("</s>", endId), ("<unk>", unknownId)];
        _named = [.. named.Where(token => token.Id >= 0)];
        _firstExtraId = firstExtraId;
        _extraIds = extraIds;
    }

    /// <summary>
    /// Returns the text of an extra ID, or <see langword="null"/> for another ID. The numbers decrease as the IDs increase.
    /// </summary>
    public string? ExtraIdText(int id) =>
        id >= _firstExtraId && id < _firstExtraId + _extraIds
            ? string.Create(CultureInfo.InvariantCulture, $"{ExtraIdPrefix}{_extraIds - 1 - (id - _firstExtraId)}>")
            : null;

    /// <summary>Finds the first special token at or after a position.</summary>
    public bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int length, out int id)
    {
        for (start = from; start < text.Length; start++)
        {
            var next = text[start..].IndexOf('<');
            if (next < 0)
            {
                break;
            }

            start += next;
            if (TryMatch(text[start..], out length, out id))
            {
                return true;
            }
        }

        start = text.Length;
        length = 0;
        id = 0;
        return false;
    }

    private bool TryMatch(ReadOnlySpan<char> text, out int length, out int id)
    {
        foreach (var token in _named)
        {
            if (text.StartsWith(token.Text, StringComparison.Ordinal))
            {
                (length, id) = (token.Text.Length, token.Id);
                return true;
            }
        }

        return TryMatchExtraId(text, out length, out id);
    }

    private bool TryMatchExtraId(ReadOnlySpan<char> text, out int length, out int id)
    {
        (length, id) = (0, 0);
        if (!text.StartsWith(ExtraIdPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var number = 0;
        var digits = 0;
        var tail = text[ExtraIdPrefix.Length..];
        while (digits < tail.Length && char.IsAsciiDigit(tail[digits]) && number < _extraIds)
        {
            number = (number * 10) + (tail[digits++] - '0');
        }

        var leadingZero = digits > 1 && tail[0] == '0';
        if (digits == 0 || leadingZero || number >= _extraIds || digits == tail.Length || tail[digits] != '>')
        {
            return false;
        }

        length = ExtraIdPrefix.Length + digits + 1;
        id = _firstExtraId + _extraIds - 1 - number;
        return true;
    }
}
