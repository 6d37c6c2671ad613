using System.Runtime.CompilerServices;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Represents the measured model. Its vectors have unit length.</summary>
/// <param name="generator">The generator of the model.</param>
/// <param name="workFolder">The folder for vectors that take long to compute.</param>
internal sealed class EvalModel(JinaEmbeddingGenerator generator, string workFolder)
{
    public string WorkFolder => workFolder;

    public Precision Precision => generator.Options.Precision;

    /// <summary>Returns an identifier of the model's files.</summary>
    public Task<string> IdentityAsync(CancellationToken cancellationToken) => generator.GetIdentityAsync(cancellationToken);

    /// <summary>Embeds texts and shows their number on the terminal.</summary>
    /// <exception cref="CommandException">A vector does not have unit length.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<float>> EmbedAsync(
        IEnumerable<string> texts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var progress = new ProgressDisplay();
        var count = 0L;
        await foreach (var embedding in generator.GenerateStreamingAsync(texts, cancellationToken: cancellationToken))
        {
            if (embedding.Vector.Span.IndexOfAnyExceptInRange(-2f, 2f) >= 0)
            {
                throw new CommandException(
                    $"The vector of text {count} does not have unit length; expected finite numbers up to 1. "
                    + "The weights of the model are damaged. Download the model again.");
            }

            progress.Report(++count);
            yield return embedding.Vector;
        }
    }

    /// <summary>Embeds each distinct text once.</summary>
    public async Task<Dictionary<string, ReadOnlyMemory<float>>> EmbedDistinctAsync(
        IEnumerable<string> texts, CancellationToken cancellationToken)
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
