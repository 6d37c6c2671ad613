using System.Text.RegularExpressions;

namespace RagConsole.Passages;

/// <summary>Specifies what a line of code is, without knowledge of its language.</summary>
internal enum CodeLineKind
{
    /// <summary>A declaration, a statement or a part of one.</summary>
    Code,

    /// <summary>A comment, an attribute or a decorator. It belongs to the line after it.</summary>
    Lead,

    /// <summary>The continuation or the end of the block before it, such as a brace or <c>else</c>.</summary>
    Rest,
}

/// <summary>Represents a line of code that is not blank.</summary>
/// <param name="Number">The number of the line in the file, from 1.</param>
/// <param name="Start">The index of its first character, which can be white space.</param>
/// <param name="End">The index after its last character that is not white space.</param>
/// <param name="Indentation">The columns before its first character that is not white space. A tab ends at the next multiple of 4.</param>
/// <param name="Kind">The kind of the line.</param>
/// <param name="FollowsBlank">Whether the line before is blank.</param>
/// <param name="Parent">The index of the line that opens the block around this one, or -1.</param>
internal readonly partial record struct CodeLine(
    int Number, int Start, int End, int Indentation, CodeLineKind Kind, bool FollowsBlank, int Parent)
{
    private const int TabWidth = 4;

    /// <summary>Longer starts of lines are not declarations. The words that are looked for are short.</summary>
    private const int MaxStart = 200;

    /// <summary>Finds the lines of a text that are not blank. Lines end with \n, \r\n or \r.</summary>
    public static IReadOnlyList<CodeLine> Find(string text)
    {
        var lines = new List<CodeLine>();
        var open = new Stack<int>();
        var (isComment, followsBlank) = (false, false);
        for (var (start, number) = (0, 1); start < text.Length; number++)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            var next = length < 0 ? text.Length : start + length + (text.AsSpan(start + length).StartsWith("\r\n") ? 2 : 1);
            var line = text.AsSpan(start, length < 0 ? text.Length - start : length).TrimEnd();
            if (line.IsEmpty)
            {
                followsBlank = true;
            }
            else
            {
                var content = line.TrimStart();
                var indentation = CountColumns(line[..(line.Length - content.Length)]);
                var kind = isComment || content.StartsWith("/*") ? CodeLineKind.Lead : Classify(content);
                isComment = (isComment || content.StartsWith("/*")) && !content.Contains("*/", StringComparison.Ordinal);

                // A brace on its own line is in the block of the line before it.
                while (open.TryPeek(out var top) && lines[top].Indentation >= indentation + (kind == CodeLineKind.Rest ? 1 : 0))
                {
                    open.Pop();
                }

                var parent = open.TryPeek(out var around) ? around : -1;
                if (kind == CodeLineKind.Code)
                {
                    open.Push(lines.Count);
                }

                lines.Add(new CodeLine(number, start, start + line.Length, indentation, kind, followsBlank, parent));
                followsBlank = false;
            }

            start = next;
        }

        return lines;
    }

    /// <summary>
    /// Returns the declarations around a line, such as a type and a function: the inner two, from the outer to the inner one.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="index">The index of the line.</param>
    public static string FindDeclarations(string text, IReadOnlyList<CodeLine> lines, int index)
    {
        const int MaxLength = 60;
        const int MaxBlocks = 64;
        var names = new List<string>();
        var line = lines[index];
        for (var blocks = 0; line.Parent >= 0 && names.Count < 2 && blocks < MaxBlocks; blocks++)
        {
            line = lines[line.Parent];
            var start = text.AsSpan(line.Start, Math.Min(line.End - line.Start, MaxStart)).Trim();
            if (!Control().IsMatch(start))
            {
                var name = string.Join(' ', start.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
                names.Insert(0, name[..Math.Min(name.Length, MaxLength)].TrimEnd(" {([:,=>".ToCharArray()));
            }
        }

        return string.Join(": ", names.Where(name => name.Length > 0));
    }

    private static int CountColumns(ReadOnlySpan<char> space)
    {
        var columns = 0;
        foreach (var character in space)
        {
            columns += character == '\t' ? TabWidth - (columns % TabWidth) : 1;
        }

        return columns;
    }

    private static CodeLineKind Classify(ReadOnlySpan<char> content)
    {
        content = content[..Math.Min(content.Length, MaxStart)];
        return Rest().IsMatch(content) ? CodeLineKind.Rest
            : Lead().IsMatch(content) && !Directive().IsMatch(content) ? CodeLineKind.Lead
            : CodeLineKind.Code;
    }

    /// <summary>Finds closing brackets, a single opening one, and words that continue or end a block.</summary>
    [GeneratedRegex(
        @"^([\])}]|[{(]$|(else|elif|elsif|elseif|except|catch|rescue|ensure|finally|fi|done|esac|end)\b|then$|do$|</)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rest();

    /// <summary>Finds comments of common languages, attributes in brackets and decorators.</summary>
    [GeneratedRegex(@"^(//|\#|--|;|%|'|""""""|\*( |/|$)|<!--|@|\[.*\]$|rem\b)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Lead();

    /// <summary>Finds directives of the C family, which start as comments of other languages do.</summary>
    [GeneratedRegex(
        @"^\#\s*(include|import|define|undef|if|ifdef|ifndef|elif|else|endif|pragma|region|endregion|error|warning|line|nullable)\b",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Directive();

    /// <summary>Finds statements that open a block without declaring anything.</summary>
    [GeneratedRegex(
        @"^(if|for|foreach|while|until|unless|switch|case|default|match|when|try|do|begin|loop|repeat|with|using \(|await using|lock|fixed"
        + @"|unsafe|checked|return|yield|throw|select)\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Control();
}
