using System.Text.RegularExpressions;

namespace RagConsole.Passages;

/// <summary>Finds the headings above a position: Markdown headings, which the text of a web page has as well.</summary>
/// <remarks>This class is for one caller at a time, who asks for positions in the order of the text.</remarks>
internal sealed partial class Headings
{
    /// <summary>A heading is a line. A longer one is probably not a heading, and its start says enough.</summary>
    private const int MaxLength = 80;

    private readonly string _text;
    private readonly List<Heading> _all = [];
    private readonly List<Heading> _above = [];
    private int _next;

    public Headings(string text)
    {
        _text = text;
        var isCode = false;
        foreach (Match line in FenceOrHeading().Matches(text))
        {
            isCode ^= line.Groups["fence"].Success;
            if (!isCode && line.Groups["name"] is { Success: true } name)
            {
                _all.Add(new Heading(line.Index, line.Index + line.Length, line.Groups["level"].Length, Shorten(name.ValueSpan)));
            }
        }
    }

    /// <summary>Returns the positions where sections start, 0 included. Headings without text between them start one section.</summary>
    public IReadOnlyList<int> FindSections()
    {
        var starts = new List<int> { 0 };
        var end = 0;
        foreach (var heading in _all)
        {
            if (!_text.AsSpan(end..heading.Start).IsWhiteSpace())
            {
                starts.Add(heading.Start);
            }

            end = heading.End;
        }

        return starts;
    }

    /// <summary>Returns the title and the section of the text that starts at a position, without a heading that starts there.</summary>
    public string FindAbove(int position)
    {
        for (; _next < _all.Count && _all[_next].Start < position; _next++)
        {
            _above.RemoveAll(heading => heading.Level >= _all[_next].Level);
            _above.Add(_all[_next]);
        }

        var level = _next < _all.Count && _all[_next].Start == position ? _all[_next].Level : int.MaxValue;
        var names = _above.Where(heading => heading.Level < level).Select(heading => heading.Name).ToList();
        return names switch
        {
            [] => "",
            [var title] => title,
            [var title, .., var section] => $"{title}: {section}",
        };
    }

    private static string Shorten(ReadOnlySpan<char> name) => name[..Math.Min(name.Length, MaxLength)].TrimEnd("# \t").ToString();

    /// <summary>Finds lines that start or end a block of code, and headings outside such a block. In code, # can start a comment.</summary>
    [GeneratedRegex(
        @"^((?<fence>```|~~~)|(?<level>\#{1,6})[ \t]+(?<name>[^\s\#][^\r\n]*))", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex FenceOrHeading();

    private readonly record struct Heading(int Start, int End, int Level, string Name);
}
