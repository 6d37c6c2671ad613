using System.Runtime.CompilerServices;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

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
            ThrowIfNotUnit(embedding.Vector.Span, count);
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

    /// <summary>Returns the texts of each document that have tokens.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> KeepTextsAsync(
        IEnumerable<IReadOnlyList<string>> documents, CancellationToken cancellationToken)
    {
        var tokenizer = await generator.GetTokenizerAsync(cancellationToken);
        return [.. documents.Select(texts => texts.Where(text => tokenizer.Encode(text, maxTokens: 2).Ids.Count > 1).ToArray())];
    }

    /// <summary>Embeds the chunks of documents. Returns the vectors of all chunks, one after the other.</summary>
    /// <exception cref="CommandException">The model is an ONNX export, or a vector does not have unit length.</exception>
    public async Task<float[]> EmbedChunksAsync(
        IReadOnlyList<IReadOnlyList<string>> documents, ChunkKind kind, CancellationToken cancellationToken)
    {
        try
        {
            IEnumerable<Task<GeneratedEmbeddings<Embedding<float>>>> requests = kind == ChunkKind.Late
                ? documents.Select(chunks => generator.GenerateLateChunksAsync(chunks, cancellationToken: cancellationToken))
                : [generator.GenerateAsync(documents.SelectMany(chunks => chunks), cancellationToken: cancellationToken)];
            var embeddings = (await Task.WhenAll(requests)).SelectMany(response => response).ToArray();
            for (var i = 0; i < embeddings.Length; i++)
            {
                ThrowIfNotUnit(embeddings[i].Vector.Span, i);
            }

            return [.. embeddings.SelectMany(embedding => embedding.Vector.ToArray())];
        }
        catch (NotSupportedException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private static void ThrowIfNotUnit(ReadOnlySpan<float> vector, long text)
    {
        if (vector.IndexOfAnyExceptInRange(-2f, 2f) >= 0)
        {
            throw new CommandException(
                $"The vector of text {text} does not have unit length; expected finite numbers up to 1. "
                + "The weights of the model are damaged. Download the model again.");
        }
    }
}
