using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>The model that is measured. Its vectors have unit length.</summary>
/// <param name="generator">The model.</param>
/// <param name="workFolder">Where vectors are kept that take long to make.</param>
internal sealed class EvalModel(JinaEmbeddingGenerator generator, string workFolder)
{
    public string WorkFolder => workFolder;

    public Precision Precision => generator.Options.Precision;

    /// <summary>Names the model by what its vectors depend on.</summary>
    public Task<string> IdentityAsync(CancellationToken cancellationToken) => generator.GetIdentityAsync(cancellationToken);

    /// <summary>Embeds texts; the terminal shows how many.</summary>
    /// <exception cref="CommandException">A vector is none.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<float>> EmbedAsync(
        IEnumerable<string> texts, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var progress = new EmbedProgress(wanted: true);
        var count = 0L;
        await foreach (var embedding in generator.GenerateStreamingAsync(texts, cancellationToken: cancellationToken))
        {
            if (embedding.Vector.Span.IndexOfAnyExceptInRange(-2f, 2f) >= 0)
            {
                throw new CommandException($"The vector of text {count} is not of unit length; expected finite numbers up to 1. The model's weights are damaged; get them again.");
            }

            progress.Report(++count);
            yield return embedding.Vector;
        }
    }

    /// <summary>Embeds each text once, however often it occurs.</summary>
    public async Task<Dictionary<string, ReadOnlyMemory<float>>> EmbedDistinctAsync(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        string[] distinct = [.. texts.Distinct()];
        var vectors = new Dictionary<string, ReadOnlyMemory<float>>(distinct.Length);
        await foreach (var vector in EmbedAsync(distinct, cancellationToken))
        {
            vectors.Add(distinct[vectors.Count], vector);
        }

        return vectors;
    }
}
