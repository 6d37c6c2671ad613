using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace RagConsole.Documents.Html;

/// <summary>Finds the source line of each character of a parsed page.</summary>
/// <remarks>
/// AngleSharp gives elements a position, but not texts, and its line numbers wrap after 65,535. Here the parser's tokens are counted
/// in characters that are not white space. Each element remembers the count at its start tag. A walk through the page moves to that
/// count at each element and counts on from there, so that texts that the parser moved or dropped do not shift the others.
/// </remarks>
internal sealed class SourceLines(string source)
{
    private readonly List<SourceRun> _runs = [new(0, 1)];
    private readonly Dictionary<IElement, int> _starts = [];
    private int _count;
    private int _line = 1;
    private int _read;
    private int _current;
    private int _run;

    /// <summary>Adds the next token of the source.</summary>
    public void Add(HtmlToken token, int end)
    {
        if (token.Type != HtmlTokenType.Character)
        {
            return;
        }

        var line = GetLine(token.Position.Index);
        var lastLine = GetLine(end);
        foreach (var character in token.Data)
        {
            if (character == '\n')
            {
                // A character reference can be a line break that the source does not have.
                line = Math.Min(line + 1, lastLine);
            }
            else if (!char.IsWhiteSpace(character))
            {
                if (_runs[^1].Place != line)
                {
                    _runs.Add(new SourceRun(_count, line));
                }

                _count++;
            }
        }
    }

    /// <summary>Adds the element of the token that was added last. Elements without a tag have no position.</summary>
    public void Add(IElement element, int index)
    {
        if (index >= 0)
        {
            _starts[element] = _count;
        }
    }

    /// <summary>Moves to the start of an element.</summary>
    public void MoveTo(IElement element)
    {
        if (_starts.TryGetValue(element, out var start))
        {
            (_current, _run) = (start, SourceRun.FindIndex(_runs, start));
        }
    }

    /// <summary>Moves past one character and returns its line.</summary>
    public int Read()
    {
        while (_run + 1 < _runs.Count && _runs[_run + 1].Start <= _current)
        {
            _run++;
        }

        _current++;
        return _runs[_run].Place;
    }

    /// <summary>Moves past the text of a node that is not shown.</summary>
    public void Skip(INode node)
    {
        if (node is IText text)
        {
            _current += text.Data.Count(character => !char.IsWhiteSpace(character));
            return;
        }

        foreach (var child in node is IHtmlTemplateElement template ? template.Content.ChildNodes : node.ChildNodes)
        {
            Skip(child);
        }
    }

    private int GetLine(int index)
    {
        var end = Math.Clamp(index, _read, source.Length);
        _line += source.AsSpan(_read, end - _read).Count('\n');
        _read = end;
        return _line;
    }
}
