using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace RagConsole.Documents.IgnoreFiles;

/// <summary>Represents a line of a <c>.gitignore</c> file, with the meaning that Git gives to it.</summary>
/// <param name="matcher">The test for paths below the folder of the file, or for names if the pattern has no slash.</param>
/// <param name="isForNames">Whether the pattern is for names in any subfolder.</param>
/// <param name="isForFolders">Whether the pattern is only for folders.</param>
internal sealed class IgnorePattern(IgnorePattern.Matcher matcher, bool isForNames, bool isForFolders)
{
    /// <summary>Paths are not longer on any system.</summary>
    private const int MaxLength = 4096;

    private static readonly SearchValues<char> Special = SearchValues.Create(@"*?[\");

    private static readonly Dictionary<string, string> CharacterClasses = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["blank"] = @" \t",
        ["cntrl"] = @"\x00-\x1f\x7f",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @" \t-\r",
        ["upper"] = "A-Z",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>Represents a test of a path or a name.</summary>
    internal delegate bool Matcher(ReadOnlySpan<char> path);

    /// <summary>Gets a value that indicates whether the pattern includes files that an earlier one ignores.</summary>
    public bool IsNegated { get; private init; }

    /// <summary>
    /// Returns the pattern of a line, or null for a blank line, a comment, or a pattern that matches nothing or is too long.
    /// </summary>
    public static IgnorePattern? Parse(string line)
    {
        var pattern = TrimTrailingSpaces(line);
        if (pattern.Length is 0 or > MaxLength || pattern[0] == '#')
        {
            return null;
        }

        var isNegated = pattern[0] == '!';
        pattern = isNegated ? pattern[1..] : pattern;
        var isForFolders = pattern.EndsWith('/');
        pattern = isForFolders ? pattern[..^1] : pattern;
        var isForNames = !pattern.Contains('/');
        pattern = pattern.StartsWith('/') ? pattern[1..] : pattern;
        return pattern.Length == 0 || CreateMatcher(pattern, isForNames) is not { } matcher
            ? null
            : new IgnorePattern(matcher, isForNames, isForFolders) { IsNegated = isNegated };
    }

    /// <summary>Determines whether the pattern is about a file or a folder itself.</summary>
    /// <param name="path">The path below the folder of the ignore file, with forward slashes.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Matches(string path, bool isFolder) =>
        (isFolder || !isForFolders) && matcher(isForNames ? path.AsSpan(path.LastIndexOf('/') + 1) : path);

    /// <summary>Creates the test of a pattern. Most patterns are names and endings of names, which need no expression.</summary>
    private static Matcher? CreateMatcher(string pattern, bool isForNames)
    {
        if (!pattern.AsSpan().ContainsAny(Special))
        {
            return path => path.SequenceEqual(pattern);
        }

        if (isForNames && pattern[0] == '*' && !pattern.AsSpan(1).ContainsAny(Special))
        {
            return path => path.EndsWith(pattern.AsSpan(1), StringComparison.Ordinal);
        }

        try
        {
            // This kind of expression needs time in proportion to the length of the path, for every pattern.
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;
            return Translate(pattern) is { } expression ? new Regex(expression, Options).IsMatch : null;
        }
        catch (NotSupportedException)
        {
            // It has thousands of stars.
            return null;
        }
    }

    /// <summary>Removes spaces at the end that are not escaped. Tabs stay.</summary>
    private static string TrimTrailingSpaces(string line)
    {
        var end = 0;
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] == '\\')
            {
                index++;
                end = Math.Min(index + 1, line.Length);
            }
            else if (line[index] != ' ')
            {
                end = index + 1;
            }
        }

        return line[..end];
    }

    /// <summary>Returns a regular expression, or null if the pattern has an end that is missing and matches nothing.</summary>
    private static string? Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A(?:");
        for (var index = 0; index < pattern.Length;)
        {
            switch (pattern[index])
            {
                case '*':
                    index = TranslateStars(pattern, index, regex);
                    break;
                case '?':
                    regex.Append("[^/]");
                    index++;
                    break;
                case '[':
                    if (FindSet(pattern, index, regex) is not { } end)
                    {
                        return null;
                    }

                    index = end;
                    break;
                case '\\' when index + 1 == pattern.Length:
                    return null;
                case '\\':
                    regex.Append(Regex.Escape(pattern.Substring(index + 1, 1)));
                    index += 2;
                    break;
                default:
                    regex.Append(Regex.Escape(pattern.Substring(index, 1)));
                    index++;
                    break;
            }
        }

        return regex.Append(@")\z").ToString();
    }

    /// <summary>Translates stars. Two stars that are a whole part of a path are for any number of folders.</summary>
    /// <remarks>Git compares the start of a pattern up to the first special character on its own, so that a part can start there.</remarks>
    private static int TranslateStars(string pattern, int start, StringBuilder regex)
    {
        var end = start;
        while (end < pattern.Length && pattern[end] == '*')
        {
            end++;
        }

        var isPart = end - start > 1 && (start == 0 || pattern[start - 1] == '/' || start == pattern.AsSpan().IndexOfAny(Special));
        if (isPart && end == pattern.Length)
        {
            regex.Append(".*");
        }
        else if (isPart && pattern[end] == '/')
        {
            regex.Append("(?:.*/)?");
            end++;
        }
        else
        {
            regex.Append("[^/]*");
        }

        return end;
    }

    /// <summary>Translates a set of characters in brackets. Returns the position after it, or null if it has no end.</summary>
    private static int? FindSet(string pattern, int start, StringBuilder regex)
    {
        var index = start + 1;
        var isNegated = index < pattern.Length && pattern[index] is '!' or '^';
        index += isNegated ? 1 : 0;
        var set = new StringBuilder();
        for (var isFirst = true; index < pattern.Length && (isFirst || pattern[index] != ']'); isFirst = false)
        {
            if (pattern.AsSpan(index).StartsWith("[:") && pattern.IndexOf(":]", index + 2, StringComparison.Ordinal) is >= 0 and var end)
            {
                if (!CharacterClasses.TryGetValue(pattern[(index + 2)..end], out var characters))
                {
                    return null;
                }

                set.Append(characters);
                index = end + 2;
                continue;
            }

            if (ReadCharacter(pattern, ref index) is not { } first)
            {
                return null;
            }

            var last = first;
            if (index + 1 < pattern.Length && pattern[index] == '-' && pattern[index + 1] != ']')
            {
                index++;
                if (ReadCharacter(pattern, ref index) is not { } other)
                {
                    return null;
                }

                last = other;
            }

            // The start of a range matches even if the range is empty.
            set.Append(CreateRange(first, first > last ? first : last));
        }

        if (index >= pattern.Length)
        {
            return null;
        }

        // A set never matches a slash.
        regex.Append(isNegated ? $"[^/{set}]" : set.Length == 0 ? @"[^\0-\uffff]" : $"[{set}-[/]]");
        return index + 1;
    }

    private static char? ReadCharacter(string pattern, ref int index)
    {
        if (pattern[index] == '\\' && ++index == pattern.Length)
        {
            return null;
        }

        return pattern[index++];
    }

    private static string CreateRange(char first, char last) => $@"\u{(int)first:x4}-\u{(int)last:x4}";
}
