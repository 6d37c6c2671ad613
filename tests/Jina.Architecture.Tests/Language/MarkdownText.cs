using System.Text.RegularExpressions;

namespace Jina.Architecture.Tests.Language;

/// <summary>Splits a Markdown page into blocks of text, without code blocks, front matter and link targets.</summary>
internal static partial class MarkdownText
{
    /// <summary>Returns the blocks of a page.</summary>
    public static IReadOnlyList<TextBlock> Blocks(IReadOnlyList<string> lines)
    {
        var blocks = new List<TextBlock>();
        TextBlock? paragraph = null;
        var skipUntil = lines.Count > 0 && lines[0] == "---" ? "---" : null;
        for (var i = skipUntil is null ? 0 : 1; i < lines.Count; i++)
        {
            var line = lines[i].Trim();
            if (skipUntil is not null)
            {
                skipUntil = line == skipUntil ? null : skipUntil;
                continue;
            }

            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                (skipUntil, paragraph) = ("```", null);
            }
            else if (line.Length == 0)
            {
                paragraph = null;
            }
            else if (line[0] is '#' or '|')
            {
                blocks.Add(new TextBlock(TextKind.Fragment).Add(i + 1, line));
                paragraph = null;
            }
            else
            {
                if (paragraph is null || ListItem().IsMatch(line))
                {
                    blocks.Add(paragraph = new TextBlock(TextKind.Prose));
                }

                paragraph.Add(i + 1, ListItem().Replace(line, string.Empty));
            }
        }

        blocks.ForEach(block => block.Mask(WithoutCodeAndTargets));
        return blocks;
    }

    private static string WithoutCodeAndTargets(string text)
    {
        text = InlineCode().Replace(text, code => new string('x', code.Length));
        text = LinkTarget().Replace(text, target => "]" + new string(' ', target.Length - 1));
        return Address().Replace(text, address => new string('x', address.Length));
    }

    [GeneratedRegex(@"^(>\s*)?([-*+]|\d+\.)\s+")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"(`+)[^`]+\1")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\([^)\s]*\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"https?://[^\s)|>]+")]
    private static partial Regex Address();
}
