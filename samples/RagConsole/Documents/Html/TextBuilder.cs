using System.Text;

namespace RagConsole.Documents.Html;

/// <summary>Builds a text from visible characters and the white space between them, which appears only between characters.</summary>
internal sealed class TextBuilder
{
    private const int BlankLine = 2;

    private readonly StringBuilder _text = new();
    private readonly List<SourceRun> _sources = [];
    private readonly StringBuilder _gap = new();
    private int _breaks;
    private string _prefix = "";
    private bool _isHeading;

    /// <summary>Gets the number of characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>Adds a visible character of a source line.</summary>
    public void Append(char character, int line)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n', _breaks);
        }

        if (_sources is [] || _sources[^1].Line != line)
        {
            _sources.Add(new SourceRun(_text.Length, line));
        }

        _text.Append(_gap).Append(_prefix).Append(character);
        _gap.Clear();
        (_breaks, _prefix) = (0, "");
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
    public void StartHeading(int level)
    {
        EndBlock(blankLine: true);
        (_prefix, _isHeading) = ($"{new string('#', level)} ", true);
    }

    public void EndHeading()
    {
        (_prefix, _isHeading) = ("", false);
        EndBlock(blankLine: true);
    }

    public Document ToDocument() => new(_text.ToString(), _sources);

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
