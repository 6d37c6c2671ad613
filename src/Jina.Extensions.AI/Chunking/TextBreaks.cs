namespace Jina.Extensions.AI.Chunking;

/// <summary>Finds the ends of words, sentences, lines, paragraphs and Markdown sections by the characters around a position.</summary>
internal static class TextBreaks
{
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
            0 => EndsSentence(text[..position]) ? Break.Sentence : Break.Word,
            _ when next == text.Length || text[next] == '#' => Break.Section,
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

    /// <summary>
    /// Returns the start of the first sentence that starts within [from, to). Without such a sentence, returns the start of the first word,
    /// or else <paramref name="to"/>.
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

    /// <summary>Returns the first position from the given one that is not white space, or the length of the text.</summary>
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
