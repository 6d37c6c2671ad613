using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace RagConsole.Documents.Office;

/// <summary>Counts the items of the lists of a Word document, whose numbers are not in the text of the paragraphs.</summary>
internal sealed class WordNumbering
{
    private const int Levels = 9;

    private readonly Dictionary<int, AbstractNum> _definitions = [];
    private readonly Dictionary<int, NumberingInstance> _lists = [];

    /// <summary>The numbers of the last items. Lists with one definition continue each other.</summary>
    private readonly Dictionary<int, int?[]> _counts = [];
    private readonly HashSet<int> _started = [];

    public WordNumbering(NumberingDefinitionsPart? part)
    {
        var root = OfficePackage.Load<Numbering>(part);
        foreach (var definition in root?.Elements<AbstractNum>() ?? [])
        {
            _definitions.TryAdd(definition.AbstractNumberId?.Value ?? 0, definition);
        }

        foreach (var list in root?.Elements<NumberingInstance>() ?? [])
        {
            _lists.TryAdd(list.NumberID?.Value ?? 0, list);
        }
    }

    /// <summary>Counts an item and returns its level from 0 and its label: a number, or "-" for a bullet.</summary>
    /// <returns>The level and the label, or null if the paragraph is not an item.</returns>
    public (int Level, string Label)? Count(NumberingProperties? own, NumberingProperties? ofStyle, string? style)
    {
        var number = (own?.NumberingId ?? ofStyle?.NumberingId)?.Val?.Value ?? 0;
        if (!_lists.TryGetValue(number, out var list)
            || list.AbstractNumId?.Val?.Value is not { } id
            || !_definitions.TryGetValue(id, out var definition))
        {
            return null;
        }

        var level = Math.Clamp(
            (own?.NumberingLevelReference ?? ofStyle?.NumberingLevelReference)?.Val?.Value ?? FindLevel(definition, style), 0, Levels - 1);
        if (!_counts.TryGetValue(id, out var counts))
        {
            _counts[id] = counts = new int?[Levels];
        }

        if (_started.Add(number))
        {
            foreach (var start in list.Elements<LevelOverride>().Where(start => start.StartOverrideNumberingValue is not null))
            {
                counts[Math.Clamp(start.LevelIndex?.Value ?? 0, 0, Levels - 1)] = null;
            }
        }

        counts[level] = counts[level] is { } count ? count + 1 : GetStart(list, definition, level);
        Array.Clear(counts, level + 1, Levels - level - 1);
        return (level, CreateLabel(list, definition, counts, level));
    }

    /// <summary>Returns a number with lower-case Roman digits.</summary>
    public static string ToRoman(int number)
    {
        (int Value, string Digits)[] digits =
        [
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
            (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ];
        if (number is < 1 or > 3999)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var roman = "";
        foreach (var (value, text) in digits)
        {
            for (; number >= value; number -= value)
            {
                roman += text;
            }
        }

        return roman;
    }

    private static int FindLevel(AbstractNum definition, string? style) => style is null ? 0
        : definition.Elements<Level>().FirstOrDefault(level => level.ParagraphStyleIdInLevel?.Val?.Value == style)?.LevelIndex?.Value ?? 0;

    /// <summary>Returns a level as the list defines it, or else as its definition does.</summary>
    private static Level? GetLevel(NumberingInstance list, AbstractNum definition, int level) =>
        list.Elements<LevelOverride>().FirstOrDefault(item => item.LevelIndex?.Value == level)?.Level
        ?? definition.Elements<Level>().FirstOrDefault(item => item.LevelIndex?.Value == level);

    private static int GetStart(NumberingInstance list, AbstractNum definition, int level) =>
        list.Elements<LevelOverride>().FirstOrDefault(item => item.LevelIndex?.Value == level)?.StartOverrideNumberingValue?.Val?.Value
        ?? GetLevel(list, definition, level)?.StartNumberingValue?.Val?.Value
        ?? 1;

    private static string CreateLabel(NumberingInstance list, AbstractNum definition, int?[] counts, int level)
    {
        var format = GetLevel(list, definition, level);
        if (format?.NumberingFormat?.Val is { } kind && kind.Value == NumberFormatValues.Bullet)
        {
            return "-";
        }

        var label = format?.LevelText?.Val?.Value ?? $"%{level + 1}.";
        for (var index = 0; index <= level; index++)
        {
            var placeholder = string.Create(CultureInfo.InvariantCulture, $"%{index + 1}");
            if (label.Contains(placeholder, StringComparison.Ordinal))
            {
                var number = counts[index] ?? GetStart(list, definition, index);
                label = label.Replace(
                    placeholder, Format(number, GetLevel(list, definition, index)?.NumberingFormat?.Val?.Value), StringComparison.Ordinal);
            }
        }

        return label.Trim();
    }

    private static string Format(int number, NumberFormatValues? format)
    {
        if (format == NumberFormatValues.LowerRoman)
        {
            return ToRoman(number);
        }

        if (format == NumberFormatValues.UpperRoman)
        {
            return ToRoman(number).ToUpperInvariant();
        }

        if (format == NumberFormatValues.LowerLetter)
        {
            return ToLetters(number);
        }

        if (format == NumberFormatValues.UpperLetter)
        {
            return ToLetters(number).ToUpperInvariant();
        }

        return format == NumberFormatValues.None ? "" : number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Returns a, b, ..., z, aa, bb, ..., as Word counts.</summary>
    private static string ToLetters(int number) => number is < 1 or > 26 * 8
        ? number.ToString(CultureInfo.InvariantCulture)
        : new string((char)('a' + ((number - 1) % 26)), ((number - 1) / 26) + 1);
}
