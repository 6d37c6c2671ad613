using System.Globalization;
using Jina.Peers;
using LLama;
using LLama.Common;
using LLama.Native;

// usage: Peer.LLamaSharp FILE.gguf embedder|TOKENS JOB...
//   embedder   LLamaEmbedder, as an application calls it; its IEmbeddingGenerator uses a disposed context in this version
//   TOKENS     batches of that many tokens, with the library's interface to llama.cpp
NativeLibraryConfig.All.WithLogCallback((_, _) => { });
var batched = args[1] != "embedder";
var batchSize = batched ? uint.Parse(args[1], CultureInfo.InvariantCulture) : 512;
var parameters = new ModelParams(args[0])
{
    Embeddings = true,
    PoolingType = LLamaPoolingType.Mean,
    GpuLayerCount = 0,
    ContextSize = batchSize,
    BatchSize = batchSize,
    UBatchSize = batchSize,
};
using var weights = await LLamaWeights.LoadFromFileAsync(parameters);
if (batched)
{
    parameters.SeqMax = BatchedTexts.MaxTexts;
    parameters.Threads = parameters.BatchThreads = Environment.ProcessorCount;
    using var texts = new BatchedTexts(weights, parameters);
    await Job.RunAsync(args[2..], texts.EmbedAsync);
}
else
{
    using var embedder = new LLamaEmbedder(weights, parameters);
    await Job.RunAsync(args[2..], async texts =>
    {
        var vectors = new List<ReadOnlyMemory<float>>();
        foreach (var text in texts)
        {
            vectors.Add((await embedder.GetEmbeddings(text))[0]);
        }

        return vectors;
    });
}
