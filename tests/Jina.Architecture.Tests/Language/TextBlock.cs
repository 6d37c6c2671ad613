using System.Text;
using System.Text.RegularExpressions;

namespace Jina.Architecture.Tests.Language;

/// <summary>Specifies where a piece of text was found, which decides the rules that apply to it.</summary>
internal enum TextKind
{
    /// <summary>A paragraph or list item of a Markdown page.</summary>
    Prose,

    /// <summary>A heading or table row of a Markdown page.</summary>
    Fragment,

    /// <summary>A comment in a source file.</summary>
    Comment,

    /// <summary>A string in a source file.</summary>
    Message,

    /// <summary>The name of a test, with spaces in place of its underscores.</summary>
    TestName,

    /// <summary>The rest of a source file: identifiers and punctuation.</summary>
    Code,
}

/// <summary>Represents a piece of text and the lines of the file that it comes from.</summary>
/// <param name="kind">The kind of text.</param>
internal sealed class TextBlock(TextKind kind)
{
    private readonly StringBuilder _original = new();
    private readonly List<(int Start, int Line)> _lines = [];

    /// <summary>Gets the kind of text.</summary>
    public TextKind Kind { get; } = kind;

    /// <summary>Gets the text, with the lines joined by a space. A line feed separates paragraphs.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>Returns the text as it is in the file, without masks.</summary>
    public string Original(Group match) => _original.ToString(match.Index, match.Length);

    /// <summary>Adds a line of the file.</summary>
    public TextBlock Add(int line, string text)
    {
        if (_original.Length > 0)
        {
            _original.Append(' ');
        }

        _lines.Add((_original.Length, line));
        _original.Append(text);
        Text = _original.ToString();
        return this;
    }

    /// <summary>Replaces the text by another one of the same length, so that positions stay valid.</summary>
    public void Mask(Func<string, string> mask)
    {
        var masked = mask(Text);
        if (masked.Length != Text.Length)
        {
            throw new ArgumentException($"The masked text has {masked.Length} characters; expected {Text.Length}.", nameof(mask));
        }

        Text = masked;
    }

    /// <summary>Returns the line of the file at a position of <see cref="Text"/>.</summary>
    public int LineAt(int position) => _lines.FindLast(line => line.Start <= position).Line;
}
