namespace Jina.Extensions.AI.Chunking;

/// <summary>Finds the ends of words, sentences, lines, paragraphs and Markdown sections by the characters around a position.</summary>
internal static class TextBreaks
{
    /// <summary>A line of at least this length that continues with a letter was probably wrapped by an editor.</summary>
    private const int WrappedLength = 60;

    /// <summary>Returns what ends at a position. Only the position directly after a word is better than one inside a word.</summary>
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
            0 => AtWord(text[..position]),
            _ when next == text.Length || text[next] == '#' => Break.Section,
            1 when IsWrapped(text[..position], text[next]) => AtWord(text[..position]),
            1 => Break.Line,
            _ => Break.Paragraph,
        };
    }

    /// <summary>
    /// Returns the last of the best positions within (after, upTo], which is <paramref name="upTo"/> if all are inside a word.
    /// </summary>
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

    /// <summary>Returns the first start of a part within [from, to), or else <paramref name="to"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The position from which the part before can end.</param>
    /// <param name="to">The position before which the part starts.</param>
    /// <param name="least">The least kind of the part before.</param>
    public static int FirstStart(ReadOnlySpan<char> text, int from, int to, Break least)
    {
        for (var end = from; end < to; end++)
        {
            if (At(text, end) >= least && SkipSpace(text, end) is var start && start < to)
            {
                return start;
            }
        }

        return to;
    }

    /// <summary>Returns the first position from the given one that is not white space, or the length of the text.</summary>
    public static int SkipSpace(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Returns what ends after a word that continues on the same line or on the next line of its paragraph.</summary>
    private static Break AtWord(ReadOnlySpan<char> before) => EndsSentence(before) ? Break.Sentence : Break.Word;

    private static bool IsWrapped(ReadOnlySpan<char> before, char next) =>
        char.IsLetter(next) && before.Length - 1 - before.LastIndexOfAny('\n', '\r') >= WrappedLength;

    private static bool EndsSentence(ReadOnlySpan<char> text) =>
        text.TrimEnd("\"')]*_\u201d\u2019\u00bb") is [.., '.' or '!' or '?' or '\u2026'];

    private static int NewLines(ReadOnlySpan<char> space)
    {
        var lines = space.Count('\n');
        return lines > 0 ? lines : space.Count('\r');
    }
}

/// <summary>Specifies how good a place in a text is for the end of a chunk, from worst to best.</summary>
internal enum Break
{
    InsideWord,
    Word,
    Sentence,
    Line,
    Paragraph,
    Section,
}
