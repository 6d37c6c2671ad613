using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace RagConsole.Documents.Office;

/// <summary>Represents what the style of a paragraph says about it.</summary>
/// <param name="Level">The level of a heading from 1, or 0 for the title of the document. If null, it is not a heading.</param>
/// <param name="IsContents">Whether the paragraph is in a table of contents.</param>
/// <param name="IsHidden">Whether the paragraph is not shown.</param>
/// <param name="Numbering">The list, or null.</param>
internal sealed record WordStyle(int? Level, bool IsContents, bool IsHidden, NumberingProperties? Numbering)
{
    public static WordStyle Plain { get; } = new(null, false, false, null);
}

/// <summary>Contains the paragraph styles of a Word document.</summary>
internal sealed partial class WordStyles
{
    /// <summary>Word allows fewer. A style can be based on itself in a damaged file.</summary>
    private const int MaxBases = 32;

    private readonly Dictionary<string, Style> _styles = [];
    private readonly Dictionary<string, WordStyle> _resolved = [];

    public WordStyles(StyleDefinitionsPart? part)
    {
        foreach (var style in OfficePackage.Load<Styles>(part)?.Elements<Style>() ?? [])
        {
            _styles.TryAdd(style.StyleId?.Value ?? "", style);
        }
    }

    /// <summary>Returns a style by its ID. A paragraph without a style has a plain one.</summary>
    public WordStyle Find(string? id)
    {
        if (id is null)
        {
            return WordStyle.Plain;
        }

        if (!_resolved.TryGetValue(id, out var style))
        {
            _resolved[id] = style = Resolve(id);
        }

        return style;
    }

    private WordStyle Resolve(string id)
    {
        var chain = GetChain(id).ToList();
        var names = chain.Select(style => style.StyleName?.Val?.Value ?? "").DefaultIfEmpty(id).ToList();
        var outline = chain
            .Select(style => style.StyleParagraphProperties?.OutlineLevel?.Val?.Value)
            .FirstOrDefault(level => level is not null);
        return new WordStyle(
            FindLevel(names, outline),
            Contents().IsMatch(names[0]),
            chain.Select(style => style.StyleRunProperties?.Vanish).FirstOrDefault(vanish => vanish is not null) is { } hidden
                && (hidden.Val is null || hidden.Val.Value),
            chain.Select(style => style.StyleParagraphProperties?.NumberingProperties).FirstOrDefault(numbering => numbering is not null));
    }

    /// <summary>Returns a style and the styles that it is based on.</summary>
    private IEnumerable<Style> GetChain(string? id)
    {
        for (var count = 0; count < MaxBases && id is not null && _styles.TryGetValue(id, out var style); count++)
        {
            yield return style;
            id = style.BasedOn?.Val?.Value;
        }
    }

    /// <summary>
    /// The names of built-in styles are English in every language of Word, but their IDs are not. Other programs can leave out the level
    /// of the outline.
    /// </summary>
    private static int? FindLevel(IEnumerable<string> names, int? outline)
    {
        foreach (var name in names)
        {
            if (name.Equals("Title", StringComparison.OrdinalIgnoreCase))
            {
                return 0;
            }

            if (Heading().Match(name) is { Success: true } heading)
            {
                return name[heading.Groups["level"].Index] - '0';
            }
        }

        return outline is >= 0 and < 9 ? outline + 1 : null;
    }

    [GeneratedRegex("^heading ?(?<level>[1-9])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(
        "^(toc [1-9]|toc heading|contents [1-9]|contents heading|table of figures)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Contents();
}
