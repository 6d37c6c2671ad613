using System.Text;

namespace RagConsole.Documents;

/// <summary>Builds a text from visible characters and the white space between them, which appears only between characters.</summary>
internal sealed class TextBuilder
{
    private const int BlankLine = 2;
    private const int MaxHeadingLevel = 6;

    private readonly StringBuilder _text = new();
    private readonly List<SourceRun> _sources = [];
    private readonly StringBuilder _gap = new();
    private int _breaks;
    private string _prefix = "";
    private bool _isHeading;

    /// <summary>Gets the number of characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>Gets a value that indicates whether the text is longer than texts that are accepted.</summary>
    public bool IsTooLong => _text.Length > ReadResult.MaxCharacters;

    /// <summary>Adds a visible character from a place in the file.</summary>
    public void Append(char character, int place)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n', _breaks);
        }

        if (_sources is [] || _sources[^1].Place != place)
        {
            _sources.Add(new SourceRun(_text.Length, place));
        }

        _text.Append(_gap).Append(_prefix).Append(character);
        _gap.Clear();
        (_breaks, _prefix) = (0, "");
    }

    /// <summary>Adds a text whose spaces, tabs and line ends are shown. Other control characters are left out.</summary>
    public void Append(string text, int place)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '\n' || (character == '\r' && (index + 1 == text.Length || text[index + 1] != '\n')))
            {
                AddLineBreak();
            }
            else if (char.IsWhiteSpace(character))
            {
                AddPreformattedSpace(character is '\t' or '\r' ? ' ' : character);
            }
            else if (!char.IsControl(character))
            {
                Append(character, place);
            }
        }
    }

    /// <summary>Adds white space that collapses.</summary>
    public void AddSpace()
    {
        if (_gap.Length == 0 && _breaks == 0 && _text.Length > 0)
        {
            _gap.Append(' ');
        }
    }

    /// <summary>Adds a space or a tab that does not collapse.</summary>
    public void AddPreformattedSpace(char space) => _gap.Append(space);

    /// <summary>Adds a line break. Two make a blank line, and more are ignored. A heading is one line.</summary>
    public void AddLineBreak() => Break(Math.Min(_breaks + 1, BlankLine));

    /// <summary>Starts or ends a block.</summary>
    public void EndBlock(bool blankLine) => Break(Math.Max(_breaks, blankLine ? BlankLine : 1));

    /// <summary>Starts a cell of a table row. Cells of a row are separated by a vertical bar, as in Markdown.</summary>
    public void StartCell()
    {
        if (_breaks == 0 && _text.Length > 0)
        {
            _gap.Clear().Append(" | ");
        }
    }

    /// <summary>Starts a heading in Markdown style. Headings do not nest.</summary>
    /// <param name="level">The level from 1. Markdown has 6 levels.</param>
    /// <param name="label">The number of the heading and a space, or an empty string.</param>
    public void StartHeading(int level, string label = "")
    {
        EndBlock(blankLine: true);
        (_prefix, _isHeading) = ($"{new string('#', Math.Min(level, MaxHeadingLevel))} {label}", true);
    }

    public void EndHeading()
    {
        (_prefix, _isHeading) = ("", false);
        EndBlock(blankLine: true);
    }

    /// <summary>
    /// Sets the text in front of the next character, such as the mark of a list item. Without a character, it is not used.
    /// </summary>
    public void SetPrefix(string prefix) => _prefix = prefix;

    /// <summary>Returns the text with its places.</summary>
    public Document ToDocument(PlaceUnit unit, string title = "") => new(_text.ToString(), _sources, title, unit);

    private void Break(int lines)
    {
        if (_isHeading)
        {
            AddSpace();
            return;
        }

        _gap.Clear();
        _breaks = lines;
    }
}
