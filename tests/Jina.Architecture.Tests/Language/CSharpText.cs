using System.Text;
using System.Text.RegularExpressions;

namespace Jina.Architecture.Tests.Language;

/// <summary>Splits a C# file into comments, strings, test names and the code between them.</summary>
internal sealed partial class CSharpText
{
    private readonly string _source;
    private readonly List<TextBlock> _blocks = [];
    private readonly StringBuilder _code = new();
    private TextBlock? _comment;
    private int _position;
    private int _line = 1;
    private int _lastCommentLine;

    private CSharpText(string source) => _source = source;

    /// <summary>Returns the blocks of a file.</summary>
    public static IReadOnlyList<TextBlock> Blocks(string source)
    {
        var text = new CSharpText(source);
        text.ReadCode(isHole: false);
        text.EndCodeLine();
        text._blocks.Where(block => block.Kind == TextKind.Comment).ToList().ForEach(comment => comment.Mask(WithoutTags));
        return text._blocks;
    }

    private char Current => Peek(0);

    private char Peek(int offset) => _position + offset < _source.Length ? _source[_position + offset] : '\0';

    private bool At(string text) => string.CompareOrdinal(_source, _position, text, 0, text.Length) == 0;

    private char Next()
    {
        var current = _source[_position++];
        _line += current == '\n' ? 1 : 0;
        return current;
    }

    /// <summary>Reads code up to the end of the file, or up to the brace that ends the hole of an interpolated string.</summary>
    private void ReadCode(bool isHole)
    {
        var depth = 0;
        while (_position < _source.Length)
        {
            if (At("//"))
            {
                ReadLineComment();
            }
            else if (At("/*"))
            {
                ReadBlockComment();
            }
            else if (StringStart().Match(_source, _position) is { Success: true } start)
            {
                ReadString(start.Value);
            }
            else if (CharacterLiteral().Match(_source, _position) is { Success: true } literal)
            {
                _position += literal.Length;
            }
            else if (Current == '}' && isHole && depth == 0)
            {
                return;
            }
            else
            {
                depth += Current switch { '{' => 1, '}' => -1, _ => 0 };
                if (Current == '\n')
                {
                    EndCodeLine();
                }
                else
                {
                    _code.Append(Current);
                }

                Next();
            }
        }
    }

    private void EndCodeLine()
    {
        var code = _code.ToString();
        _code.Clear();
        if (!string.IsNullOrWhiteSpace(code))
        {
            _blocks.Add(new TextBlock(TextKind.Code).Add(_line, code));
            foreach (var name in SentenceName().Matches(code).Select(match => match.Value))
            {
                _blocks.Add(new TextBlock(TextKind.TestName).Add(_line, name.Replace('_', ' ')));
            }
        }
    }

    /// <summary>Reads a comment to the end of the line. Comments on consecutive lines become one block.</summary>
    private void ReadLineComment()
    {
        var end = _source.IndexOf('\n', _position);
        end = end < 0 ? _source.Length : end;
        var text = _source[_position..end].TrimStart('/').Trim();
        if (_comment is null || _line != _lastCommentLine + 1 || !string.IsNullOrWhiteSpace(_code.ToString()))
        {
            _blocks.Add(_comment = new TextBlock(TextKind.Comment));
        }

        _comment.Add(_line, text);
        (_lastCommentLine, _position) = (_line, end);
    }

    private void ReadBlockComment()
    {
        var comment = new TextBlock(TextKind.Comment);
        var end = _source.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        end = end < 0 ? _source.Length : end;
        foreach (var line in _source[(_position + 2)..end].Split('\n'))
        {
            comment.Add(_line++, line.Trim(' ', '*', '\r'));
        }

        _line--;
        _blocks.Add(comment);
        _position = Math.Min(end + 2, _source.Length);
    }

    /// <summary>Reads a string that begins with a prefix and quotes. The holes of an interpolated string are read as code.</summary>
    private void ReadString(string opening)
    {
        var dollars = opening.Count(character => character == '$');
        var isVerbatim = opening.Contains('@', StringComparison.Ordinal);
        var quotes = isVerbatim ? 1 : opening.Count(character => character == '"');
        var hole = dollars == 0 ? "\0" : new string('{', dollars);
        var ending = new string('"', quotes);
        var text = new StringBuilder();
        var firstLine = _line;
        _position += opening.Length - opening.Count(character => character == '"') + quotes;
        while (_position < _source.Length && (!At(ending) || (isVerbatim && At("\"\""))))
        {
            if ((isVerbatim && At("\"\"")) || (dollars > 0 && quotes == 1 && At("{{")) || (!isVerbatim && quotes == 1 && Current == '\\'))
            {
                _position += 2;
                text.Append(' ');
            }
            else if (At(hole))
            {
                _position += dollars;
                ReadCode(isHole: true);
                _position += dollars;
                text.Append('x');
            }
            else
            {
                var current = Next();
                text.Append(current is '\n' or '\r' ? ' ' : current);
            }
        }

        _position += quotes;
        _blocks.Add(new TextBlock(TextKind.Message).Add(firstLine, text.ToString()));
    }

    /// <summary>Replaces XML tags by spaces, tags of blocks by paragraph ends, and code and references by one word each.</summary>
    private static string WithoutTags(string text)
    {
        text = CodeTag().Replace(text, code => new string('x', code.Length));
        text = InlineTag().Replace(text, tag => new string(tag.Value.EndsWith("/>", StringComparison.Ordinal) ? 'x' : ' ', tag.Length));
        return Tag().Replace(text, tag => new string('\n', tag.Length));
    }

    [GeneratedRegex("\\G[$@]*(\"{3,}|\")")]
    private static partial Regex StringStart();

    [GeneratedRegex(@"\G'(\\[^']+|\\'|[^'\\\n])'")]
    private static partial Regex CharacterLiteral();

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,}\b")]
    private static partial Regex SentenceName();

    [GeneratedRegex("<(c|code)>.*?</\\1>")]
    private static partial Regex CodeTag();

    [GeneratedRegex("</?(see|paramref|typeparamref|a|b|i|em)\\b[^>]*>")]
    private static partial Regex InlineTag();

    [GeneratedRegex("</?[a-zA-Z][^>]*>")]
    private static partial Regex Tag();
}
