namespace Jina.Extensions.AI.Inference;

/// <summary>One call's way from texts to vectors.</summary>
internal sealed class EmbeddingRun(T5Tokenizer tokenizer, LoadedModel model, TruncationPolicy truncation)
{
    /// <summary>The most ids of one run, padding included: beyond it a run outgrows the processor's cache.</summary>
    private const int MaxPaddedTokens = 512;

    /// <summary>Embeds the texts in their order.</summary>
    public (float[][] Vectors, long Tokens, int Truncated) Embed(IEnumerable<string> values, CancellationToken cancellationToken)
    {
        var (ids, truncated) = Tokenize(values, cancellationToken);
        return (EmbedIds(ids, cancellationToken), ids.Sum(text => (long)text.Ids.Count), truncated);
    }

    private (List<T5Encoding> Ids, int Truncated) Tokenize(IEnumerable<string> values, CancellationToken cancellationToken)
    {
        var ids = new List<T5Encoding>();
        var truncated = 0;
        foreach (var text in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (text is null)
            {
                throw new ArgumentNullException(nameof(values), $"Text {ids.Count} is null; expected a string, which may be empty.");
            }

            var encoding = tokenizer.Encode(text, model.MaxTokens);
            if (encoding.Truncated)
            {
                truncated++;
                ThrowIfNotAllowed(text, ids.Count);
            }

            ids.Add(encoding);
        }

        return (ids, truncated);
    }

    private float[][] EmbedIds(List<T5Encoding> ids, CancellationToken cancellationToken)
    {
        var vectors = new float[ids.Count][];
        foreach (var batch in BatchPlan.Create([.. ids.Select(text => text.Ids.Count)], MaxPaddedTokens))
        {
            var rows = model.Session.Run([.. batch.Select(index => ids[index])], cancellationToken);
            for (var row = 0; row < batch.Length; row++)
            {
                if (model.Normalizes)
                {
                    UnitLength.Normalize(rows[row]);
                }

                vectors[batch[row]] = rows[row];
            }
        }

        return vectors;
    }

    private void ThrowIfNotAllowed(string text, int index)
    {
        if (truncation == TruncationPolicy.Throw)
        {
            throw new ArgumentException(
                $"Text {index} has {tokenizer.CountTokens(text)} tokens, more than the {model.MaxTokens} allowed. Split it, or set the truncation policy to {nameof(TruncationPolicy.Truncate)}.");
        }
    }
}
