using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace RagConsole.Output;

/// <summary>Represents a part of a text and its style.</summary>
internal readonly record struct StyledText(string Text, Style Style);

/// <summary>Converts Markdown to styled text, part by part, as a chat model writes it.</summary>
/// <remarks>Headings, lists, bold text and code get a style. All other Markdown stays as it is written.</remarks>
/// <param name="bullet">The character in place of the mark of an item.</param>
internal sealed partial class MarkdownText(string bullet)
{
    private static readonly Style Plain = Style.Plain;
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Code = new(Color.Aqua);

    /// <summary>The marks at the start of a line that are not complete yet.</summary>
    private readonly StringBuilder _marks = new();

    private readonly List<StyledText> _output = [];

    /// <summary>The text after <see cref="_output"/>, which has one style.</summary>
    private readonly StringBuilder _text = new();
    private Style _style = Plain;
    private bool _isLineStart = true;
    private bool _isFence;
    private bool _isHidden;
    private bool _isHeading;
    private bool _isBold;
    private bool _isCode;
    private int _stars;

    /// <summary>Returns the styled text of a part. The end of the part can wait for the next one.</summary>
    public IReadOnlyList<StyledText> Append(string part)
    {
        foreach (var character in part)
        {
            if (character == '\n')
            {
                EndLine();
            }
            else if (!_isLineStart)
            {
                AppendInline(character);
            }
            else if (character is ' ' or '\t' or '#' or '-' or '*' or '+' or '`' or '~')
            {
                _marks.Append(character);
            }
            else
            {
                ReadMarks();
                AppendInline(character);
            }
        }

        return TakeOutput();
    }

    /// <summary>Returns the rest at the end of the text.</summary>
    public IReadOnlyList<StyledText> Complete()
    {
        ReadMarks();
        EndStars(next: '\n');
        return TakeOutput();
    }

    private void EndLine()
    {
        ReadMarks();
        EndStars(next: '\n');
        (_isHeading, _isBold, _isCode) = (false, false, false);
        WriteVisible('\n');
        (_isLineStart, _isHidden) = (true, false);
    }

    /// <summary>Reads the marks at the start of a line. All other characters are text.</summary>
    private void ReadMarks()
    {
        if (!_isLineStart)
        {
            return;
        }

        _isLineStart = false;
        var marks = _marks.ToString();
        _marks.Clear();
        if (Fence().IsMatch(marks))
        {
            (_isFence, _isHidden) = (!_isFence, true);
            return;
        }

        var length = 0;
        if (!_isFence && Heading().Match(marks) is { Success: true } heading)
        {
            (_isHeading, length) = (true, heading.Length);
        }
        else if (!_isFence && Item().Match(marks) is { Success: true } item)
        {
            Write($"{item.Groups["indent"].Value}{bullet} ");
            length = item.Length;
        }

        foreach (var character in marks.AsSpan(length))
        {
            AppendInline(character);
        }
    }

    private void AppendInline(char character)
    {
        if (_isHidden || _isFence)
        {
            WriteVisible(character);
        }
        else if (character == '*' && !_isCode)
        {
            _stars++;
        }
        else
        {
            EndStars(character);
            if (character == '`')
            {
                _isCode = !_isCode;
            }
            else
            {
                WriteVisible(character);
            }
        }
    }

    /// <summary>Two stars start bold text before a word, and end it anywhere. Other stars are text.</summary>
    private void EndStars(char next)
    {
        if (_stars == 2 && (_isBold || !char.IsWhiteSpace(next)))
        {
            _isBold = !_isBold;
        }
        else if (_stars > 0)
        {
            Write(new string('*', _stars));
        }

        _stars = 0;
    }

    private void WriteVisible(char character)
    {
        if (!_isHidden)
        {
            Write([character]);
        }
    }

    private void Write(ReadOnlySpan<char> text)
    {
        var style = _isFence || _isCode ? Code : _isHeading || _isBold ? Bold : Plain;
        if (!style.Equals(_style))
        {
            EndStyle();
            _style = style;
        }

        _text.Append(text);
    }

    private void EndStyle()
    {
        if (_text.Length > 0)
        {
            _output.Add(new StyledText(_text.ToString(), _style));
            _text.Clear();
        }
    }

    private StyledText[] TakeOutput()
    {
        EndStyle();
        StyledText[] output = [.. _output];
        _output.Clear();
        return output;
    }

    [GeneratedRegex(@"^[ \t]*(```|~~~)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^#{1,6}[ \t]+")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<indent>[ \t]*)[-*+][ \t]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();
}
