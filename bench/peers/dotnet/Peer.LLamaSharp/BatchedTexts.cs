using LLama;
using LLama.Abstractions;
using LLama.Extensions;
using LLama.Native;

namespace Jina.Peers;

/// <summary>Embeds texts in batches of a number of tokens, sorted by length, in one context on all processors.</summary>
internal sealed class BatchedTexts(LLamaWeights weights, IContextParams parameters) : IDisposable
{
    /// <summary>The maximum number of texts in a batch.</summary>
    public const uint MaxTexts = 64;

    private readonly LLamaContext _context = weights.CreateContext(parameters);

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts)
    {
        _context.NativeHandle.SetEmbeddings(true);
        LLamaToken[][] tokens = [.. texts.Select(text => _context.Tokenize(text, special: true))];
        var vectors = new ReadOnlyMemory<float>[texts.Count];
        var batch = new LLamaBatch();
        var inBatch = new List<int>();
        foreach (var text in Enumerable.Range(0, texts.Count).OrderByDescending(i => tokens[i].Length))
        {
            if (inBatch.Count == MaxTexts || batch.TokenCount + tokens[text].Length > parameters.BatchSize)
            {
                await RunAsync(batch, inBatch, vectors);
            }

            batch.AddRange(tokens[text], 0, (LLamaSeqId)inBatch.Count, true);
            inBatch.Add(text);
        }

        await RunAsync(batch, inBatch, vectors);
        return vectors;
    }

    public void Dispose() => _context.Dispose();

    private async Task RunAsync(LLamaBatch batch, List<int> texts, ReadOnlyMemory<float>[] vectors)
    {
        var result = await _context.EncodeAsync(batch);
        if (result != EncodeResult.Ok)
        {
            throw new InvalidOperationException($"llama.cpp could not embed a batch: {result}.");
        }

        for (var i = 0; i < texts.Count; i++)
        {
            var vector = _context.NativeHandle.GetEmbeddingsSeq((LLamaSeqId)i).ToArray();
            vectors[texts[i]] = vector.EuclideanNormalization();
        }

        batch.Clear();
        texts.Clear();
    }
}
