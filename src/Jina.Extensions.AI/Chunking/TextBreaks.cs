namespace Jina.Extensions.AI.Chunking;

/// <summary>Tells words, sentences, lines, paragraphs and Markdown sections apart by looking at the characters around a place.</summary>
internal static class TextBreaks
{
    /// <summary>Says what ends at a position: only the place right behind a word can be better than inside one.</summary>
    public static Break At(ReadOnlySpan<char> text, int position)
    {
        if (position == text.Length)
        {
            return Break.Section;
        }

        if (position == 0 || !char.IsWhiteSpace(text[position]) || char.IsWhiteSpace(text[position - 1]))
        {
            return Break.InsideWord;
        }

        var next = SkipSpace(text, position);
        return NewLines(text[position..next]) switch
        {
            0 => EndsSentence(text[..position]) ? Break.Sentence : Break.Word,
            _ when next == text.Length || text[next] == '#' => Break.Section,
            1 => Break.Line,
            _ => Break.Paragraph,
        };
    }

    /// <summary>Returns the last of the best places within (after, upTo]; that is <paramref name="upTo"/> where all are inside a word.</summary>
    public static int Best(ReadOnlySpan<char> text, int after, int upTo)
    {
        var best = upTo;
        var kind = At(text, upTo);
        for (var position = upTo - 1; position > after && kind < Break.Section; position--)
        {
            var here = At(text, position);
            if (here > kind)
            {
                (best, kind) = (position, here);
            }
        }

        return best;
    }

    /// <summary>
    /// Returns where the first sentence starts that starts within [from, to), or else the first word, or else
    /// <paramref name="to"/>.
    /// </summary>
    public static int FirstStart(ReadOnlySpan<char> text, int from, int to)
    {
        var word = to;
        for (var end = from; end < to; end++)
        {
            var kind = At(text, end);
            var start = kind == Break.InsideWord ? to : SkipSpace(text, end);
            if (start >= to)
            {
                continue;
            }

            if (kind >= Break.Sentence)
            {
                return start;
            }

            word = Math.Min(word, start);
        }

        return word;
    }

    /// <summary>Returns the first position from here on that holds no white space, or the text's length.</summary>
    public static int SkipSpace(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    private static bool EndsSentence(ReadOnlySpan<char> text) =>
        text.TrimEnd("\"')]*_\u201d\u2019\u00bb") is [.., '.' or '!' or '?' or '\u2026'];

    private static int NewLines(ReadOnlySpan<char> space)
    {
        var lines = space.Count('\n');
        return lines > 0 ? lines : space.Count('\r');
    }
}
