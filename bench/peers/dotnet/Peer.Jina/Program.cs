using Jina.Extensions.AI;
using Jina.Peers;

// usage: Peer.Jina MODEL fp32|int8 JOB...
var options = new JinaEmbeddingOptions
{
    Model = JinaEmbeddingModel.FromDirectory(args[0]),
    Precision = Enum.Parse<Precision>(args[1], ignoreCase: true),
};
await using var generator = await JinaEmbeddingGenerator.CreateAsync(options);
await Job.RunAsync(args[2..], async texts => [.. (await generator.GenerateAsync(texts)).Select(embedding => embedding.Vector)]);
