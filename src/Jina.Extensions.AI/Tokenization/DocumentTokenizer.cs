namespace Jina.Extensions.AI.Tokenization;

/// <summary>Turns the chunks of a document into windows of token IDs that overlap, so that each chunk keeps its context.</summary>
/// <remarks>
/// <para>Each chunk is tokenized on its own, and the IDs are put together. So the tokens of a chunk are known exactly, although
/// normalization moves characters. T5's pieces do not span words, so these are the IDs of the chunks joined by one space.</para>
/// <para>A window ends with the end token, like every text that the model was trained on. Windows overlap by
/// <see cref="MaxOverlap"/> tokens. A token in two windows belongs to the earlier one, as in jina-ai/late-chunking
/// (chunked_pooling/mteb_chunked_eval.py, _embed_with_overlap, commit db558c3).</para>
/// </remarks>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="maxTokens">The most tokens of a window, the end token included: at least 2.</param>
internal sealed class DocumentTokenizer(T5Tokenizer tokenizer, int maxTokens)
{
    /// <summary>The most tokens that two windows share. It is less if half of a window has fewer.</summary>
    public const int MaxOverlap = 64;

    private readonly int _length = maxTokens - 1;
    private readonly int _overlap = Math.Min(MaxOverlap, (maxTokens - 1) / 2);

    /// <summary>Tokenizes a document when the first window is enumerated.</summary>
    /// <param name="chunks">The chunks in the order of the document. They are enumerated once.</param>
    /// <param name="cancellationToken">The token that cancels tokenization.</param>
    /// <returns>The windows in the order of the document. Each has at least one span. Each chunk has one or several spans.</returns>
    /// <exception cref="ArgumentNullException">A chunk is null.</exception>
    /// <exception cref="ArgumentException">A chunk has no tokens.</exception>
    public IEnumerable<T5Encoding> Tokenize(IEnumerable<string> chunks, CancellationToken cancellationToken)
    {
        var ids = new List<int>();
        var ends = new List<int>();
        foreach (var chunk in chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(chunk, ends.Count, ids);
            ends.Add(ids.Count);
        }

        var firstChunk = 0;
        for (var start = 0; start < ids.Count; start += _length - _overlap)
        {
            var (from, to) = (start == 0 ? 0 : start + _overlap, Math.Min(start + _length, ids.Count));
            while (ends[firstChunk] <= from)
            {
                firstChunk++;
            }

            List<int> window = [.. ids.GetRange(start, to - start), tokenizer.EndOfSequenceId];
            yield return new T5Encoding(window, truncated: false, Spans(ends, firstChunk, start, from, to));
            if (to == ids.Count)
            {
                yield break;
            }
        }
    }

    /// <summary>Returns the spans of the tokens that belong to a window: those from <paramref name="from"/> on.</summary>
    private static List<ChunkSpan> Spans(List<int> ends, int firstChunk, int start, int from, int to)
    {
        var spans = new List<ChunkSpan>();
        for (var chunk = firstChunk; from < to; chunk++)
        {
            var end = Math.Min(ends[chunk], to);
            spans.Add(new ChunkSpan(chunk, from - start, end - start));
            from = end;
        }

        return spans;
    }

    private void Add(string? chunk, int index, List<int> ids)
    {
#pragma warning disable CA2208 // The chunks are the parameter of the public method.
        if (chunk is null)
        {
            throw new ArgumentNullException("chunks", $"Chunk {index} is null. Expected a string with text.");
        }

        var own = tokenizer.Encode(chunk, int.MaxValue).AsSpan()[..^1];
        if (own.IsEmpty)
        {
            throw new ArgumentException(
                $"Chunk {index} has no tokens, so it has no vector: it is empty or has only white space. Leave it out.", "chunks");
        }
#pragma warning restore CA2208

        ids.AddRange(own);
    }
}
